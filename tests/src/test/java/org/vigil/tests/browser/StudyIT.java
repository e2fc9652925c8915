package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.phantom.PixelBox;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** A study with a pneumothorax on the screen: first without the AI, then with it; and its alert. */
class StudyIT extends BrowserTest {
  private static Visit critical;
  private static String analysis;

  @BeforeAll
  static void sendACriticalStudy() {
    critical = hospital().critical();
    hospital().sendOrder(critical);
    hospital().sendStudy(critical);
    analysis = hospital().waitUntilAnalysed(critical).get("analysisIds").get(0).asText();
  }

  @Test
  void theFilmIsDrawnAndTheAiKeptBackUntilItIsRevealed() {
    Window window = windowOf("radiologist");
    StudyScreen study = window.study(critical.study()).drawn();
    assertThat(study.patient()).containsText(critical.patientId());
    assertThat(window.find("disclaimer")).containsText(DISCLAIMER);
    // A film is grey all over: one value everywhere, or nearly, is an empty viewer.
    Patience.untilAsserted(
        "the film to be drawn", () -> assertThat(deviation(study.canvas())).isGreaterThan(20));
    assertThat(study.panel()).hasAttribute("data-revealed", "false");
    assertThat(study.panel()).not().containsText(Pattern.compile("pneumothorax", CASELESS));
    assertThat(study.boxes()).hasCount(0);
    assertThat(study.heatMap()).hasCount(0);
    assertAccessible(window);

    study.reveal();
    assertThat(study.boxes()).hasCount(1);
    Locator box = study.boxes().first();
    assertThat(box).hasAttribute("data-severity", "critical");
    assertThat(box.locator("text")).containsText(Pattern.compile("Pneumothorax >?\\d+%"));
    assertThat(study.positiveFindings().first()).containsText("Pneumothorax");
    assertRed(box.locator("polygon.edge"));
    assertThat(window.find("not-for-clinical-use")).isVisible();
    window.photograph("study-revealed");
    assertAccessible(window);

    assertThat(study.heatMap()).hasCount(0);
    byte[] without = study.photograph();
    study.showHeatMap();
    assertBoxOverTheLesion(study);
    Patience.untilAsserted(
        "the heat map to be drawn",
        () -> assertThat(coloured(study.photograph()) - coloured(without)).isGreaterThan(1_000));
    window.photograph("study-heat-map");
    window.find("heatmap-toggle").uncheck();
    assertThat(study.heatMap()).hasCount(0);
    window.find("reveal-switch").click();
    assertThat(study.boxes()).hasCount(0);
    assertThat(hospital().audit("AI_REVEALED")).isNotEmpty();
  }

  @Test
  void agreeingAndDisagreeingAreRecorded() {
    Window window = windowOf("radiologist");
    StudyScreen study = window.study(critical.study()).drawn().reveal();
    Locator finding = study.positiveFindings().first();
    finding.getByTestId("feedback-true_positive").click();
    assertThat(finding.getByTestId("feedback-saved"))
        .hasAttribute("data-feedback", "true_positive");
    assertThat(recorded(finding).get("radiologistFeedback").asText()).isEqualTo("true_positive");
    finding.getByTestId("feedback-comment").fill("A skin fold");
    finding.getByTestId("feedback-false_positive").click();
    assertThat(finding.getByTestId("feedback-saved"))
        .hasAttribute("data-feedback", "false_positive");
    assertThat(recorded(finding).get("radiologistFeedback").asText()).isEqualTo("false_positive");
    assertThat(recorded(finding).get("radiologistComments").asText()).isEqualTo("A skin fold");
  }

  @Test
  void theAlertIsListedAndAcknowledgedByAPerson() {
    Window window = windowOf("radiologist");
    window.go("alerts");
    Locator row = window.find("alert-row").first();
    assertThat(row).containsText("Pneumothorax");
    assertThat(row).containsText("Critical");
    assertThat(window.find("disclaimer")).containsText(DISCLAIMER);
    assertThat(window.find("alert-row")).hasCount(1);
    window.photograph("alerts");
    assertAccessible(window);
    row.getByTestId("alert-acknowledge").click();
    window.find("alert-confirm").click();
    assertThat(row).hasAttribute("data-status", "acknowledged");
    assertThat(row.getByTestId("alert-acknowledge")).hasCount(0);
    JsonNode alert = hospital().as("RADIOLOGIST").get("api/alerts").ok().get("alerts").get(0);
    assertThat(alert.get("status").asText()).isEqualTo("acknowledged");
    assertThat(alert.get("acknowledgedBy").asText()).containsIgnoringCase("radiologist");
  }

  @Test
  void theOtherHospitalsStudyIsNotFound() {
    try (TestHospital other = TestHospital.open()) {
      Window window = windowOf(other, "radiologist");
      window.expect("404.*" + Pattern.quote(critical.study()));
      window.worklist();
      assertThat(window.find("worklist-row")).hasCount(0);
      window.study(critical.study());
      assertThat(window.find("error-notice")).isVisible();
      assertThat(window.find("error-notice"))
          .containsText(Pattern.compile("no study|not found|no such", CASELESS));
      assertThat(window.page().locator("body")).not().containsText(critical.patientId());
      assertThat(window.find("viewport")).hasCount(0);
    }
  }

  private static final int CASELESS = Pattern.CASE_INSENSITIVE;

  private static JsonNode recorded(Locator finding) {
    String id = finding.getAttribute("data-finding-id");
    for (JsonNode each :
        hospital().as("RADIOLOGIST").get("api/image-analysis/" + analysis).ok().get("findings")) {
      if (each.get("id").asText().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("the analysis has no finding " + id);
  }

  /** The box on the screen, measured in the film's own pixels, against what was drawn into it. */
  private static void assertBoxOverTheLesion(StudyScreen study) {
    BoundingBox film = study.image();
    BoundingBox box = study.box();
    double pixel = film.width / critical.film().size();
    assertThat(film.height / critical.film().size())
        .isCloseTo(pixel, org.assertj.core.data.Offset.offset(0.01));
    PixelBox drawn =
        new PixelBox(
            (int) Math.round((box.x - film.x) / pixel),
            (int) Math.round((box.y - film.y) / pixel),
            (int) Math.round(box.width / pixel),
            (int) Math.round(box.height / pixel));
    PixelBox truth = critical.film().truths().get(0).box();
    assertThat(truth.contains(drawn.x() + drawn.width() / 2, drawn.y() + drawn.height() / 2))
        .as("%s has its middle in the lesion %s", drawn, truth)
        .isTrue();
    assertThat(drawn.overlap(truth)).as("%s over the lesion %s", drawn, truth).isGreaterThan(0.3);
  }

  private static void assertRed(Locator shape) {
    String stroke = (String) shape.evaluate("e => getComputedStyle(e).stroke");
    Matcher rgb = Pattern.compile("rgb\\((\\d+), (\\d+), (\\d+)\\)").matcher(stroke);
    assertThat(rgb.matches()).as(stroke).isTrue();
    int red = Integer.parseInt(rgb.group(1));
    assertThat(red).as(stroke).isGreaterThan(180);
    assertThat(Integer.parseInt(rgb.group(2))).as(stroke).isLessThan(red / 2 + 30);
    assertThat(Integer.parseInt(rgb.group(3))).as(stroke).isLessThan(red / 2 + 30);
  }

  /** How many pixels of a picture are plainly not grey. */
  private static long coloured(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        if (Math.abs((rgb >> 16 & 0xff) - (rgb & 0xff)) > 24) {
          count++;
        }
      }
    }
    return count;
  }

  /** Standard deviation of the green channel, 0 to 127.5. */
  private static double deviation(BufferedImage image) {
    double sum = 0;
    double squares = 0;
    long count = (long) image.getWidth() * image.getHeight();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int grey = image.getRGB(x, y) >> 8 & 0xff;
        sum += grey;
        squares += (double) grey * grey;
      }
    }
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }
}
