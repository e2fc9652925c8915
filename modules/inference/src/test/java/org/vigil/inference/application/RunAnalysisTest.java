package org.vigil.inference.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.imaging.api.ResultContent;
import org.vigil.inference.TestPackages;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.ModelRunner;
import org.vigil.inference.engine.OnnxEngine;
import org.vigil.inference.engine.Prediction;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** The job's way without a server: what is recorded, and when the message comes again. */
class RunAnalysisTest {
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

  @TempDir private Path folder;

  private final Jobs jobs = new Jobs();
  private final List<String> log = new ArrayList<>();
  private ScheduledExecutorService watchdog;
  private OnnxEngine engine;
  private ModelPackage model;
  private RuntimeException imageFailure;
  private RunAnalysis runAnalysis;

  @BeforeEach
  void open() {
    watchdog = Executors.newSingleThreadScheduledExecutor();
    engine = new OnnxEngine(1, Duration.ofSeconds(30), watchdog);
    model = ModelPackage.open(TestPackages.write(folder, "tiny", TestPackages.MANIFEST));
    runAnalysis =
        new RunAnalysis(
            jobs, new OneModel(), new OneImage(), new PlainEngine(), new Log(), new Apart());
  }

  @AfterEach
  void close() {
    engine.close();
    watchdog.shutdownNow();
  }

  @Test
  void recordsWhatTheModelSaid() {
    runAnalysis.run(ID, false);

    assertThat(jobs.failed).isEmpty();
    assertThat(jobs.completed.modelName()).isEqualTo("Tiny");
    assertThat(jobs.completed.modelSha256()).isEqualTo(model.modelSha256());
    assertThat(jobs.completed.modelUid()).isEqualTo(model.uid());
    assertThat(jobs.completed.notForClinicalUse()).isTrue();
    assertThat(jobs.completed.heatMap()).isNotNull();
    assertThat(jobs.completed.labels())
        .singleElement()
        .satisfies(
            l -> {
              assertThat(l.name()).isEqualTo("bright");
              assertThat(l.positive()).isTrue();
              assertThat(l.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(l.box()).isEqualTo(new ResultContent.Box(0, 0, 4, 4));
            });
    assertThat(log).containsExactly("completed");
  }

  @Test
  void aJobThatIsDoneIsLeftAlone() {
    jobs.claimable = false;

    runAnalysis.run(ID, false);

    assertThat(jobs.completed).isNull();
    assertThat(jobs.failed).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void anImageWithoutPixelsIsAFinalFailure() {
    imageFailure = new VigilException(ErrorCode.IMAGING_0008);

    runAnalysis.run(ID, false);

    assertThat(jobs.failed).containsExactly("IMAGING-0008 the image has no pixel data");
    assertThat(log).containsExactly("failed IMAGING-0008");
  }

  @Test
  void aModelThatIsGoneIsAFinalFailure() {
    jobs.version = "9.9.9";

    runAnalysis.run(ID, false);

    assertThat(jobs.failed)
        .containsExactly("INFERENCE-0002 model not found (model tiny, version 9.9.9)");
  }

  @Test
  void whatMayPassByComesAgain() {
    imageFailure = new VigilException(ErrorCode.KERNEL_0006);

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> runAnalysis.run(ID, false))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KERNEL_0006));
    assertThat(jobs.failed).isEmpty();
    assertThat(log).containsExactly("failed KERNEL-0006");
  }

  @Test
  void theLastAttemptIsFinal() {
    imageFailure = new IllegalStateException("connection of Doe^Jane lost");

    runAnalysis.run(ID, true);

    assertThat(jobs.failed)
        .containsExactly("INFERENCE-0003 the model could not be run on this image");
  }

  @Test
  void aResultThatCannotBeRecordedAtLastIsStillAVisibleFailure() {
    jobs.completeFailure = new IllegalStateException("no database");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> runAnalysis.run(ID, false));
    assertThat(jobs.failed).isEmpty();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> runAnalysis.run(ID, true));
    assertThat(jobs.failed)
        .containsExactly("KERNEL-0001 The result could not be recorded; see the server's log.");
  }

  @Test
  void aRowThatIsNotThereYetComesAgain() {
    jobs.claimFailure = new VigilException(ErrorCode.ANALYSIS_0001);

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> runAnalysis.run(ID, false))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ANALYSIS_0001));
    assertThat(log).isEmpty();
  }

  private static final class Jobs implements AnalysisJobs {
    private boolean claimable = true;
    private String version = "1.0.0";
    private RuntimeException claimFailure;
    private RuntimeException completeFailure;
    private Result completed;
    private final List<String> failed = new ArrayList<>();

    @Override
    public Optional<ClaimedJob> claim(UUID analysisId) {
      if (claimFailure != null) {
        throw claimFailure;
      }
      return claimable
          ? Optional.of(
              new ClaimedJob(
                  analysisId,
                  StudyInstanceUid.of("1.2"),
                  SopInstanceUid.of("1.2.3"),
                  1,
                  "tiny",
                  version,
                  1))
          : Optional.empty();
    }

    @Override
    public void complete(UUID analysisId, Result result) {
      if (completeFailure != null) {
        throw completeFailure;
      }
      completed = result;
    }

    @Override
    public void fail(UUID analysisId, ErrorCode code, String explanation) {
      failed.add(code.id() + " " + explanation);
    }
  }

  private final class OneModel extends ModelRegistry {
    @Override
    public ModelPackage require(String id, String version) {
      if (!version.equals("1.0.0")) {
        throw new VigilException(ErrorCode.INFERENCE_0002, Map.of("model", id, "version", version));
      }
      return model;
    }
  }

  private final class OneImage extends ImageSource {
    @Override
    public ImageFrame decode(SopInstanceUid image, int frameNumber) {
      if (imageFailure != null) {
        throw imageFailure;
      }
      return TestPackages.frame(
          4, 4, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
    }
  }

  private final class PlainEngine extends ServerEngine {
    @Override
    public Prediction run(ModelPackage wanted, ImageFrame frame) {
      return new ModelRunner(engine).run(wanted, frame);
    }
  }

  private final class Log extends RunLog {
    @Override
    public void completed(
        AnalysisJobs.ClaimedJob job, Instant started, ModelPackage used, Prediction result) {
      log.add("completed");
    }

    @Override
    public void failed(AnalysisJobs.ClaimedJob job, Instant started, ErrorCode code) {
      log.add("failed " + code.id());
    }
  }

  private final class Apart extends FailureRecord {
    @Override
    public void fail(UUID analysisId, ErrorCode code, String explanation) {
      jobs.fail(analysisId, code, explanation);
    }
  }
}
