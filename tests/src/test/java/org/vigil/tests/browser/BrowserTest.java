package org.vigil.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.vigil.tests.server.TestHospital;

/** A class of browser tests: one Chromium, one hospital, a window for whoever a test lets in. */
abstract class BrowserTest {
  static final String DISCLAIMER = "AI assistance is not diagnostic";

  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final int LONGEST_MILLIS = 120_000;

  private static Chromium chromium;
  private static TestHospital hospital;

  private final List<Window> windows = new ArrayList<>();

  @BeforeAll
  static void openHospital() {
    PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_MILLIS);
    hospital = TestHospital.open();
    chromium = Chromium.start();
  }

  @AfterAll
  static void closeHospital() {
    if (chromium != null) {
      chromium.close();
      chromium = null;
    }
    if (hospital != null) {
      hospital.close();
      hospital = null;
    }
  }

  @AfterEach
  void nothingInTheConsole() {
    List<String> complaints = windows.stream().flatMap(w -> w.complaints().stream()).toList();
    windows.forEach(Window::close);
    assertThat(complaints).as("errors in the browser's console").isEmpty();
  }

  static TestHospital hospital() {
    return hospital;
  }

  /** A window nobody has logged in to. */
  Window window() {
    return kept(Window.open(chromium, hospital));
  }

  /** A window of a person of this hospital. */
  Window windowOf(String username) {
    return kept(Window.of(chromium, hospital, username));
  }

  /** A window of a person of another hospital. */
  Window windowOf(TestHospital other, String username) {
    return kept(Window.of(chromium, other, username));
  }

  private Window kept(Window window) {
    windows.add(window);
    return window;
  }

  /** Fails where a person with an impairment would be shut out, by the rules of axe-core. */
  static void assertAccessible(Window window) {
    List<Rule> violations = new AxeBuilder(window.page()).analyze().getViolations();
    assertThat(violations)
        .filteredOn(rule -> GRAVE.contains(rule.getImpact()))
        .extracting(
            rule ->
                rule.getId()
                    + " "
                    + rule.getNodes().stream()
                        .map(n -> n.getHtml() + " " + n.getFailureSummary())
                        .toList())
        .as("serious and critical violations of accessibility")
        .isEmpty();
  }
}
