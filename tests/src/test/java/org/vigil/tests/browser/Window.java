package org.vigil.tests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.vigil.tests.server.TestHospital;

/**
 * One person's browser window, 1440 × 900. It remembers what the console complained about: errors,
 * exceptions nobody caught, violations of the content security policy.
 */
final class Window implements AutoCloseable {
  private static final int LONGEST_MILLIS = 120_000;

  /** Tells the console, which this class listens to, of what the policy forbade. */
  private static final String REPORT_VIOLATIONS =
      "document.addEventListener('securitypolicyviolation', e =>"
          + " console.error(`CSP: ${e.violatedDirective} forbids ${e.blockedURI} at"
          + " ${e.sourceFile}:${e.lineNumber}`))";

  private final TestHospital hospital;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<Pattern> expected = new CopyOnWriteArrayList<>();

  private Window(TestHospital hospital, BrowserContext context) {
    this.hospital = hospital;
    this.context = context;
    context.addInitScript(REPORT_VIOLATIONS);
    context.setDefaultTimeout(LONGEST_MILLIS);
    this.page = context.newPage();
    // Before the log-in nobody is logged in, which Chromium calls an error.
    expect("401.*api/auth/me");
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(complaints::add);
  }

  /** An empty window at the server's first page. Only its own certificate is trusted unseen. */
  static Window open(Chromium chromium, TestHospital hospital) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setViewportSize(1440, 900)
                    .setLocale("en-GB")
                    .setTimezoneId("UTC"));
    Window window = new Window(hospital, context);
    window.page.navigate(hospital.server().pages());
    return window;
  }

  /** A window in which a person of the hospital has logged in. */
  static Window of(Chromium chromium, TestHospital hospital, String username) {
    Window window = open(chromium, hospital);
    window.logIn().as(hospital.id(), username, TestHospital.PASSWORD);
    window.find("topbar").waitFor();
    return window;
  }

  /** Names a complaint that the test provokes, by a regular expression that it contains. */
  void expect(String complaint) {
    expected.add(Pattern.compile(complaint));
  }

  /** What the console complained about and no test had expected. */
  List<String> complaints() {
    return complaints.stream()
        .filter(text -> expected.stream().noneMatch(pattern -> pattern.matcher(text).find()))
        .toList();
  }

  TestHospital hospital() {
    return hospital;
  }

  Page page() {
    return page;
  }

  /** What has a test id. */
  Locator find(String testId) {
    return page.getByTestId(testId);
  }

  LoginScreen logIn() {
    return new LoginScreen(this);
  }

  /** Goes to the reading list by the navigation and waits until it is drawn and live. */
  WorklistScreen worklist() {
    return new WorklistScreen(this).open();
  }

  /** Goes to a study by its address. */
  StudyScreen study(String studyUid) {
    page.evaluate("uid => { window.location.hash = '#/study/' + uid }", studyUid);
    return new StudyScreen(this);
  }

  /** Goes to a page by the navigation. */
  void go(String name) {
    find("nav-" + name).click();
  }

  /** Keeps a picture of the window under {@code target/screenshots}. */
  void photograph(String name) {
    // Rows that rose glide to their places.
    page.evaluate(
        "() => Promise.all(document.getAnimations()"
            + ".filter(a => a.effect.getComputedTiming().endTime !== Infinity)"
            + ".map(a => a.finished.catch(() => null))).then(() => null)");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
