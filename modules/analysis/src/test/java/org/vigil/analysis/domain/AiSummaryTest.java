package org.vigil.analysis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.AnalysisView.Status;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.analysis.api.Worklist.AiStatus;
import org.vigil.imaging.api.InstanceView;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

class AiSummaryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");

  /** Two models on one study. */
  @ParameterizedTest
  @CsvSource({
    "PENDING,PENDING,PENDING",
    "PENDING,PROCESSING,PROCESSING",
    "PENDING,COMPLETED,PROCESSING",
    "PROCESSING,COMPLETED,PROCESSING",
    "PROCESSING,FAILED,PROCESSING",
    "COMPLETED,COMPLETED,COMPLETED",
    "COMPLETED,FAILED,FAILED",
    "FAILED,FAILED,FAILED",
    "COMPLETED,CANCELLED,COMPLETED",
    "PENDING,CANCELLED,PENDING"
  })
  void theStatusIsThatOfAllModels(Status first, Status second, AiStatus expected) {
    AiSummary summary =
        AiSummary.of(1, List.of(run("a", 1, 1, "1.1", first), run("b", 1, 1, "1.1", second)))
            .orElseThrow();
    assertThat(summary.status()).isEqualTo(expected);
  }

  @Test
  void nothingOrOnlyCancelledRunsSayNothing() {
    assertThat(AiSummary.of(1, List.of())).isEmpty();
    assertThat(AiSummary.of(1, List.of(run("a", 1, 1, "1.1", Status.CANCELLED)))).isEmpty();
  }

  @Test
  void theWorstPositiveFindingIsOnTop() {
    AiSummary summary =
        AiSummary.of(
                1,
                List.of(
                    completed("a", 1, 1, "1.1", label("nodule", 0.99, Severity.URGENT)),
                    completed(
                        "b",
                        1,
                        1,
                        "1.1",
                        label("effusion", 0.3, Severity.CRITICAL),
                        label("pneumothorax", 0.7, Severity.CRITICAL))))
            .orElseThrow();
    assertThat(summary.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(summary.topFinding().label()).isEqualTo("pneumothorax");
  }

  @Test
  void nothingPositiveIsRoutineAndNothingCompletedIsUnknown() {
    AiSummary negative =
        AiSummary.of(
                1, List.of(completed("a", 1, 1, "1.1", label("nodule", 0.2, Severity.CRITICAL))))
            .orElseThrow();
    assertThat(negative.severity()).isEqualTo(Severity.ROUTINE);
    assertThat(negative.topFinding()).isNull();
    AiSummary failed = AiSummary.of(1, List.of(run("a", 1, 1, "1.1", Status.FAILED))).orElseThrow();
    assertThat(failed.severity()).isNull();
  }

  @Test
  void aRunAgainThatWaitsOrFailsTakesNothingBack() {
    ImageAnalysis critical = completed("a", 1, 1, "1.1", label("ptx", 0.9, Severity.CRITICAL));
    AiSummary waiting =
        AiSummary.of(1, List.of(critical, run("a", 1, 2, "1.1", Status.PENDING))).orElseThrow();
    assertThat(waiting.status()).isEqualTo(AiStatus.PENDING);
    assertThat(waiting.severity()).isEqualTo(Severity.CRITICAL);
    AiSummary failed =
        AiSummary.of(1, List.of(critical, run("a", 1, 2, "1.1", Status.FAILED))).orElseThrow();
    assertThat(failed.status()).isEqualTo(AiStatus.FAILED);
    assertThat(failed.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aLaterRunReplacesAnEarlierOneOnTheSameImageOnly() {
    ImageAnalysis critical = completed("a", 1, 1, "1.1", label("ptx", 0.9, Severity.CRITICAL));
    ImageAnalysis negative = completed("a", 2, 1, "1.1", label("ptx", 0.1, Severity.CRITICAL));
    ImageAnalysis elsewhere = completed("a", 2, 1, "1.2", label("ptx", 0.1, Severity.CRITICAL));
    assertThat(AiSummary.of(2, List.of(critical, negative)).orElseThrow().severity())
        .isEqualTo(Severity.ROUTINE);
    assertThat(AiSummary.of(2, List.of(critical, elsewhere)).orElseThrow().severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aNewVersionThatNobodyLookedAtIsNotCompleted() {
    ImageAnalysis old = completed("a", 1, 1, "1.1", label("ptx", 0.1, Severity.CRITICAL));
    assertThat(AiSummary.of(2, List.of(old)).orElseThrow().status()).isEqualTo(AiStatus.NOT_RUN);
  }

  @Test
  void trackingUidsAreStableAndDifferByLabel() {
    ImageAnalysis run =
        completed(
            "a", 1, 1, "1.1", label("x", 0.9, Severity.URGENT), label("y", 0.8, Severity.URGENT));
    String first = run.findings().get(0).trackingUid();
    assertThat(first)
        .isEqualTo(TrackingUid.of(run.id(), "x"))
        .startsWith("2.25.")
        .hasSizeLessThan(65);
    assertThat(first.substring(5)).matches("[1-9][0-9]*");
    assertThat(run.findings().get(1).trackingUid()).isNotEqualTo(first);
  }

  private static ImageAnalysis run(
      String model, int version, int serial, String image, Status status) {
    ImageAnalysis run = pending(model, version, serial, image);
    switch (status) {
      case PENDING -> {}
      case PROCESSING -> run.claim(NOW);
      case COMPLETED -> complete(run);
      case FAILED -> {
        run.claim(NOW);
        run.fail(ErrorCode.INFERENCE_0003, null, NOW);
      }
      case CANCELLED -> run.cancel(NOW);
    }
    return run;
  }

  private static ImageAnalysis completed(
      String model, int version, int serial, String image, AnalysisJobs.Label... labels) {
    ImageAnalysis run = pending(model, version, serial, image);
    complete(run, labels);
    return run;
  }

  private static void complete(ImageAnalysis run, AnalysisJobs.Label... labels) {
    run.claim(NOW);
    run.complete(
        new AnalysisJobs.Result("m", "1.2", "ab", "demo", true, List.of(labels), null, 1.0),
        SeverityPolicy.ofManifest(),
        NOW);
  }

  private static AnalysisJobs.Label label(String name, double probability, Severity severity) {
    return new AnalysisJobs.Label(name, null, probability, 0.5, severity, null);
  }

  private static ImageAnalysis pending(String model, int version, int serial, String image) {
    StudyInstanceUid study = StudyInstanceUid.of("1.2.3");
    InstanceView instance =
        new InstanceView(
            study,
            SeriesInstanceUid.of("1.2.4"),
            SopInstanceUid.of(image),
            "1.2",
            "1.2",
            "DX",
            null,
            1,
            1,
            InstanceView.Origin.ACQUIRED,
            8,
            8,
            1,
            12,
            "MONOCHROME2",
            "CHEST",
            "PA",
            null,
            true,
            1,
            "00",
            NOW,
            InstanceView.Availability.ONLINE);
    return ImageAnalysis.request(
        study,
        version,
        serial,
        new ModelCatalog.ModelFit(model, "1.0.0", model, instance, null),
        Priority.ROUTINE,
        "analysis",
        NOW);
  }
}
