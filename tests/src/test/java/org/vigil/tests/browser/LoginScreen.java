package org.vigil.tests.browser;

import com.microsoft.playwright.Locator;

/** The log-in. */
record LoginScreen(Window window) {

  /** Fills the form and sends it. */
  void as(String hospital, String username, String password) {
    window.find("login-tenant").fill(hospital);
    window.find("login-username").fill(username);
    window.find("login-password").fill(password);
    window.find("login-submit").click();
  }

  Locator form() {
    return window.find("login-form");
  }

  Locator error() {
    return window.find("login-error");
  }
}
