package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.vigil.tests.server.Visit;

/** The reading list. */
record WorklistScreen(Window window) {

  WorklistScreen open() {
    window.go("worklist");
    assertThat(table()).hasAttribute("data-phase", "ready");
    assertThat(window.find("stream-state")).hasAttribute("data-state", "live");
    return this;
  }

  Locator table() {
    return window.find("worklist-table");
  }

  Locator row(Visit visit) {
    return window
        .page()
        .locator("[data-testid=worklist-row][data-study-uid='%s']".formatted(visit.study()));
  }

  /** Part of a row by its test id: {@code cell(visit, "row-severity")}. */
  Locator cell(Visit visit, String testId) {
    return row(visit).getByTestId(testId);
  }

  /** Study Instance UIDs from the top to the bottom as drawn. */
  List<String> order() {
    return window.find("worklist-row").all().stream()
        .map(row -> row.getAttribute("data-study-uid"))
        .toList();
  }

  /** Rows the AI has not done with: they may still change places. */
  Locator unfinished() {
    return window.page().locator("[data-ai-status=pending], [data-ai-status=processing]");
  }
}
