package org.vigil.tests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Chromium of a test class. The browser is the machine's own, or what the system property
 * {@code vigil.test.browser} names; Playwright downloads none. Its driver runs on the machine's
 * Node, which the build of the page needs anyway, so that 200 MB of Node for five platforms stay
 * out of the local repository.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String FETCHED = "target/chromium/executable";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts the browser; a machine without one fails the test, it does not skip it. */
  static Chromium start() {
    Path node = onPath("node").orElseThrow(() -> missing("Node", "nodejs"));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString())));
    try {
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable())
                      .setTimeout(180_000)
                      // WebGL without a graphics card; root cannot use Chromium's sandbox.
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-dev-shm-usage",
                              "--use-angle=swiftshader",
                              "--enable-unsafe-swiftshader")));
      return new Chromium(playwright, browser);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Path executable() {
    String named = System.getProperty("vigil.test.browser", "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    Path fetched = Path.of(FETCHED).toAbsolutePath();
    return NAMES.stream()
        .flatMap(name -> onPath(name).stream())
        .findFirst()
        .or(() -> Optional.of(fetched).filter(Files::isExecutable))
        .orElseThrow(() -> missing("Chromium", "chromium"));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static IllegalStateException missing(String what, String debianPackage) {
    return new IllegalStateException(
        what + " is not on the PATH; the browser tests need it: apt-get install " + debianPackage);
  }
}
