package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Visit;

/** The reading list on the screen while the night goes on. */
class WorklistIT extends BrowserTest {
  private static Visit normal;
  private static Visit other;
  private static Visit scan;

  @BeforeAll
  static void sendWhatIsThereAlready() {
    normal = hospital().normal();
    other = hospital().normal();
    scan = hospital().normal();
    hospital().sendOrder(normal);
    hospital().sendOrder(other);
    hospital().sendOrder(scan);
    hospital().sendStudy(normal);
    hospital().sendStudy(other);
    hospital()
        .send(
            scan.images(
                image -> {
                  image.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
                  image.setString(Tag.Modality, VR.CS, "CT");
                }));
    hospital().waitUntilAnalysed(normal);
    hospital().waitUntilAnalysed(other);
    hospital().waitUntilAnalysed(scan);
  }

  @Test
  void aCriticalStudyThatArrivesLastRisesToTheTopOfTheOpenList() {
    Window window = windowOf("radiologist");
    WorklistScreen list = window.worklist();
    assertThat(list.row(normal)).isVisible();
    window.page().evaluate("() => { window.neverReloaded = true }");
    Visit critical = hospital().critical();
    hospital().sendOrder(critical);
    hospital().sendStudy(critical);

    assertThat(list.row(critical)).hasAttribute("data-severity", "critical");
    assertThat(list.row(critical)).hasAttribute("data-position", "1");
    assertThat(list.cell(critical, "row-position")).hasText("1");
    assertThat(list.order().get(0)).isEqualTo(critical.study());
    int arrived = Integer.parseInt(list.row(critical).getAttribute("data-arrival-position"));
    assertThat(arrived).isGreaterThanOrEqualTo(4);
    assertThat(list.cell(critical, "row-arrival"))
        .containsText(Pattern.compile(arrived + "\\s*→\\s*1"));
    assertThat(list.cell(critical, "row-severity")).containsText("Critical");
    assertThat(list.cell(critical, "row-severity").locator("svg")).isVisible();
    assertThat(list.cell(critical, "row-ai-status")).containsText("AI done");
    assertThat(window.page().evaluate("() => window.neverReloaded")).isEqualTo(true);
    assertThat(window.find("disclaimer")).containsText(DISCLAIMER);
    Patience.untilAsserted(
        "the rows to have come to rest",
        () ->
            assertThat(list.row(critical).boundingBox().y)
                .isLessThan(list.row(normal).boundingBox().y));
    window.photograph("worklist");
    assertAccessible(window);
  }

  @Test
  void anImageNoModelAcceptsIsNotRunForAReasonAndNotNegative() {
    Window window = windowOf("radiologist");
    WorklistScreen list = window.worklist();
    assertThat(list.row(scan)).hasAttribute("data-ai-status", "not_run");
    assertThat(list.cell(scan, "row-ai-status")).containsText("AI not run");
    assertThat(list.cell(scan, "row-ai-reason"))
        .containsText(Pattern.compile("no enabled model accepts this study.*CT"));
    assertThat(list.row(scan)).hasAttribute("data-severity", "none");
    assertThat(list.cell(scan, "row-severity")).containsText("Not assessed");
    assertThat(list.cell(scan, "row-severity")).not().containsText("Routine");
    StudyScreen study = window.study(scan.study());
    assertThat(window.find("ai-not-run")).containsText("AI not run");
    assertThat(window.find("ai-not-run")).containsText("says nothing about the images");
    assertThat(study.positiveFindings()).hasCount(0);
    assertThat(window.find("reveal-switch")).hasCount(0);
  }

  @Test
  void aStudyOfAnotherPatientThanItsOrderStandsOutUntilAPersonReleasesIt() {
    Visit ordered = hospital().normal();
    Visit stranger = hospital().normal();
    Visit sent = stranger.with(stranger.request().patient(), ordered.accession(), stranger.study());
    hospital().sendOrder(ordered);
    hospital().sendStudy(sent);
    Window window = windowOf("radiologist");
    WorklistScreen list = window.worklist();
    assertThat(list.row(sent)).hasAttribute("data-match-status", "quarantined");
    assertThat(list.cell(sent, "row-match")).containsText("Quarantined");
    assertThat(list.cell(sent, "row-match").locator("svg")).isVisible();
    assertThat(background(list, sent)).isNotEqualTo(background(list, normal));

    window.go("exceptions");
    var row =
        window
            .page()
            .locator("[data-testid=quarantine-row][data-study-uid='%s']".formatted(sent.study()));
    assertThat(row).isVisible();
    row.getByTestId("quarantine-release").click();
    assertThat(window.find("quarantine-confirm")).isDisabled();
    window.find("quarantine-reason").fill("Wristband checked with the ward");
    window.find("quarantine-confirm").click();
    assertThat(row).hasCount(0);
    window.worklist();
    assertThat(list.row(sent)).not().hasAttribute("data-match-status", "quarantined");
    assertThat(list.cell(sent, "row-match")).not().containsText("Quarantined");
    assertThat(hospital().audit("STUDY_RELEASED"))
        .anySatisfy(
            event -> assertThat(event.toString()).contains("Wristband checked with the ward"));
  }

  @Test
  void arrowsChooseARowAndEnterOpensIt() {
    Window window = windowOf("radiologist");
    WorklistScreen list = new WorklistScreen(window);
    assertThat(list.row(other)).isVisible();
    assertThat(list.unfinished()).hasCount(0);
    assertThat(list.table()).isFocused();
    List<String> order = list.order();
    window.page().keyboard().press("ArrowDown");
    window.page().keyboard().press("ArrowDown");
    assertThat(window.page().locator("[data-testid=worklist-row][data-active=true]"))
        .hasAttribute("data-study-uid", order.get(1));
    window.page().keyboard().press("ArrowUp");
    assertThat(window.page().locator("[data-testid=worklist-row][data-active=true]"))
        .hasAttribute("data-study-uid", order.get(0));
    window.page().keyboard().press("Enter");
    assertThat(window.find("study-page")).hasAttribute("data-study-uid", order.get(0));
    window.page().keyboard().press("Escape");
    assertThat(list.table()).isVisible();
  }

  private static Object background(WorklistScreen list, Visit visit) {
    return list.row(visit)
        .evaluate(
            "row => getComputedStyle(row).background + getComputedStyle(row.cells[0]).background"
                + " + getComputedStyle(row.cells[0]).boxShadow");
  }
}
