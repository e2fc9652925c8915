package org.vigil.analysis.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vigil.analysis.application.NightShift.order;
import static org.vigil.analysis.application.NightShift.result;
import static org.vigil.analysis.application.NightShift.study;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.AnalysisJobs.ClaimedJob;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.PlaceOrder.Control;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.api.Worklist.AiStatus;
import org.vigil.analysis.api.Worklist.MatchStatus;
import org.vigil.analysis.api.Worklist.ReadingStatus;
import org.vigil.analysis.application.NightShift.Message;
import org.vigil.analysis.domain.TrackingUid;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.TenantReopened;

class NightShiftTest {
  private static final Actor READER = Actor.person("dr.reed", "10.0.0.7");

  private final NightShift night = new NightShift();

  @AfterEach
  void close() {
    night.close();
  }

  @Test
  void anOrderAndItsStudyBecomeAJobWithTheOrdersPriority() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));
    night.arrive(study("1.1", "A1", "P1", 0));

    Worklist.Entry arrived = night.line("1.1");
    assertThat(arrived.aiStatus()).isEqualTo(AiStatus.PENDING);
    assertThat(arrived.orderPriority()).isEqualTo(Priority.STAT);
    assertThat(night.queue).isEmpty();

    night.complete(study("1.1", "A1", "P1", 1));

    Worklist.Entry line = night.line("1.1");
    assertThat(line.matchStatus()).isEqualTo(MatchStatus.MATCHED);
    assertThat(line.aiStatus()).isEqualTo(AiStatus.PENDING);
    assertThat(line.analyses()).hasSize(1);
    assertThat(night.queue).containsExactly(new Message(line.analyses().get(0), Priority.STAT));
    assertThat(night.in(() -> night.orders.awaitingStudy())).isEmpty();
    assertThat(night.audited())
        .containsExactly(Action.ORDER_RECEIVED, Action.STUDY_MATCHED, Action.ANALYSIS_REQUESTED);
  }

  @Test
  void theCriticalOneOfFortySevenGoesFromThirtyOneToOne() {
    for (int i = 1; i <= 47; i++) {
      int number = i;
      night.run(
          () ->
              night.orders.apply(
                  order("O" + number, "A" + number, "P" + number, Priority.ROUTINE)));
      night.complete(
          study(
              "1." + i,
              "A" + i,
              "P" + i,
              "Doe^Jane",
              1,
              NightShift.TEN_PAST_TWO.plusSeconds(10L * i)));
    }
    assertThat(night.line("1.31").position()).isEqualTo(31);

    UUID critical = night.jobsOf("1.31").get(0);
    night.infer(critical, 0.97, Severity.CRITICAL);
    for (int i = 1; i <= 47; i++) {
      if (i != 31) {
        night.infer(night.jobsOf("1." + i).get(0), 0.02, Severity.CRITICAL);
      }
    }

    List<Worklist.Entry> list = night.list();
    Worklist.Entry first = list.get(0);
    assertThat(first.study().value()).isEqualTo("1.31");
    assertThat(first.position()).isEqualTo(1);
    assertThat(first.arrivalPosition()).isEqualTo(31);
    assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(first.topFindingLabel()).isEqualTo("pneumothorax");
    assertThat(first.topFindingConfidence()).isEqualTo(0.97);
    assertThat(first.rankedAt()).isAfter(first.receivedAt());
    assertThat(list.get(1).study().value()).isEqualTo("1.1");
    assertThat(list.get(1).severity()).isEqualTo(Severity.ROUTINE);
    assertThat(list.get(1).topFindingLabel()).isNull();
    assertThat(list)
        .hasSize(47)
        .allSatisfy(e -> assertThat(night.line(e.study().value())).isEqualTo(e));
    assertThat(night.in(() -> night.worklist.totals()))
        .isEqualTo(new Worklist.Totals(47, 47, 0, 0, 0, 0, 0, 0));
    assertThat(night.completed)
        .hasSize(47)
        .allSatisfy(c -> assertThat(c.order()).isNotNull())
        .filteredOn(c -> c.severity() == Severity.CRITICAL)
        .hasSize(1);
  }

  @Test
  void whereDetectionIsOffNoJobIsMadeAndTheLineSaysWhy() {
    night.decide(AiFeature.DETECTION, false);
    night.complete(study("1.1", "A1", "P1", 1));

    Worklist.Entry line = night.line("1.1");
    assertThat(line.aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(line.aiNotRunReason()).contains("not available", "DX", "under review");
    assertThat(line.analyses()).isEmpty();
    assertThat(night.queue).isEmpty();
    assertThat(night.audit)
        .filteredOn(e -> e.action() == Action.ANALYSIS_NOT_RUN)
        .singleElement()
        .satisfies(e -> assertThat(e.details()).containsEntry("code", "TENANCY-0009"));

    StudyInstanceUid uid = StudyInstanceUid.of("1.1");
    assertThatThrownBy(() -> night.in(() -> night.analyses.request(uid, null, READER)))
        .hasMessageContaining("TENANCY-0009")
        .hasMessageContaining("abnormality_detection");
    assertThat(night.audit)
        .filteredOn(e -> e.action() == Action.ANALYSIS_NOT_RUN)
        .as("the attempt is on record")
        .hasSize(2);
    assertThat(night.in(() -> night.analyses.unavailable(uid)).orElseThrow().code())
        .isEqualTo(ErrorCode.TENANCY_0009);

    night.decide(AiFeature.DETECTION, true);
    assertThat(night.in(() -> night.analyses.request(uid, null, READER))).hasSize(1);
  }

  @Test
  void aJobThatWaitedWhenDetectionWentOffIsNotRun() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.decide(AiFeature.DETECTION, false);

    assertThat(night.in(() -> night.jobs.claim(job))).isEmpty();

    AnalysisView analysis = night.in(() -> night.analyses.find(job)).orElseThrow();
    assertThat(analysis.status()).isEqualTo(AnalysisView.Status.CANCELLED);
    assertThat(analysis.errorCode()).isEqualTo("TENANCY-0009");
    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(night.line("1.1").aiNotRunReason()).contains("not available");
  }

  @Test
  void whatWasFoundBeforeStaysWhenDetectionGoesOff() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.infer(job, 0.9, Severity.CRITICAL);
    night.decide(AiFeature.DETECTION, false);

    assertThat(night.in(() -> night.jobs.claim(job))).as("nothing left to do").isEmpty();
    assertThat(night.in(() -> night.analyses.find(job)).orElseThrow().status())
        .isEqualTo(AnalysisView.Status.COMPLETED);
    assertThat(night.line("1.1").severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whereFlaggingIsOffFindingsMoveNothing() {
    night.complete(study("1.1", "A1", "P1", 1));
    night.complete(study("1.2", "A2", "P2", "Roe^Jim", 1, NightShift.TEN_PAST_TWO.plusSeconds(60)));
    UUID job = night.jobsOf("1.2").get(0);
    night.infer(job, 0.9, Severity.CRITICAL);
    assertThat(night.list().get(0).study().value()).isEqualTo("1.2");

    night.decide(AiFeature.FLAGGING, false);

    assertThat(night.list()).extracting(e -> e.study().value()).containsExactly("1.1", "1.2");
    Worklist.Entry line = night.line("1.2");
    assertThat(line.position()).isEqualTo(2);
    assertThat(line.severity()).isNull();
    assertThat(line.topFindingLabel()).isNull();
    assertThat(line.aiStatus()).isEqualTo(AiStatus.COMPLETED);
    assertThat(night.in(() -> night.analyses.find(job)).orElseThrow().findings())
        .as("the findings are there for who opens the study")
        .anyMatch(AnalysisView.FindingView::positive);
  }

  @Test
  void aPatientWhoOptedOutIsNotAnalysed() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.objections.add(Consents.Scope.AI_ANALYSIS);

    assertThat(night.in(() -> night.jobs.claim(job))).isEmpty();
    assertThat(night.line("1.1").aiNotRunReason()).contains("opted out");

    night.complete(study("1.2", "A2", "P2", 1));
    assertThat(night.line("1.2").aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(night.line("1.2").analyses()).isEmpty();
    assertThat(night.audit)
        .filteredOn(e -> "TENANCY-0010".equals(e.details().get("code")))
        .hasSize(2);
  }

  @Test
  void whatGoesBeyondTheHospitalsShareWaitsBehindTheOthers() {
    for (int i = 1; i <= 5; i++) {
      night.complete(study("1." + i, "A" + i, "P" + i, 1));
    }
    assertThat(night.queue).extracting(Message::stepsBack).containsExactly(0, 0, 0, 1, 1);

    night.run(() -> night.orders.apply(order("O9", "A9", "P9", Priority.STAT)));
    night.complete(study("1.9", "A9", "P9", 1));
    assertThat(night.queue).last().extracting(Message::stepsBack).isEqualTo(0);

    night.queue.clear();
    night.run(() -> night.planning.onReopened(new TenantReopened(NightShift.ST_AGNES)));
    assertThat(night.queue).extracting(Message::stepsBack).containsExactly(0, 0, 0, 1, 1, 0);
  }

  @Test
  void cancellingOneOfTwoWaitingJobsDoesNotSayThatAiWasNotRun() {
    night.models = List.of("chest", "bones");
    night.complete(study("1.1", "A1", "P1", 1));

    UUID one = night.jobsOf("1.1").get(0);
    night.run(() -> night.analyses.cancel(one, READER));

    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.PENDING);
    assertThat(night.line("1.1").aiNotRunReason()).isNull();
  }

  @Test
  void anOrderThatComesAfterItsAnalysedStudyLetsTheResultsLeave() {
    night.complete(study("1.1", "A1", "P1", 1));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.UNMATCHED);
    night.infer(night.jobsOf("1.1").get(0), 0.9, Severity.CRITICAL);
    assertThat(night.completed.get(0).order()).isNull();

    OrderView order = night.in(() -> night.orders.apply(order("O1", "A1", "P1", Priority.URGENT)));

    assertThat(order.study()).isEqualTo(StudyInstanceUid.of("1.1"));
    assertThat(order.status()).isEqualTo(OrderView.Status.MATCHED);
    assertThat(night.matchedLate)
        .singleElement()
        .satisfies(
            late -> {
              assertThat(late.order()).isEqualTo(order);
              assertThat(late.completed().get(0).findings()).hasSize(2);
              assertThat(late.completed().get(0).heatMap().values()).hasSize(6);
            });
    assertThat(night.line("1.1").orderPriority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void anOrderThatComesWhileTheJobWaitsRaisesIt() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));

    assertThat(night.queue)
        .containsExactly(new Message(job, Priority.ROUTINE), new Message(job, Priority.STAT));
    assertThat(night.matchedLate).isEmpty();
    night.infer(job, 0.9, Severity.CRITICAL);
    assertThat(night.completed.get(0).order().placerOrderNumber()).isEqualTo("O1");
    // The first message finds nothing left to do.
    assertThat(night.in(() -> night.jobs.claim(job))).isEmpty();
  }

  @Test
  void aStudyWhosePatientDiffersIsSetAsideUntilAPersonReleasesIt() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));
    night.complete(study("1.1", "A1", "P2", 1));

    Worklist.Entry line = night.line("1.1");
    assertThat(line.matchStatus()).isEqualTo(MatchStatus.QUARANTINED);
    assertThat(line.aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(line.aiNotRunReason()).contains("patientId").contains("release or reject");
    assertThat(line.aiNotRunReason()).doesNotContain("P1", "P2");
    assertThat(line.severity()).isNull();
    assertThat(line.orderPriority()).as("keeps its place").isEqualTo(Priority.STAT);
    assertThat(night.queue).isEmpty();
    assertThat(night.in(() -> night.orders.awaitingStudy())).hasSize(1);
    assertThat(night.in(() -> night.worklist.quarantine()))
        .singleElement()
        .satisfies(q -> assertThat(q.differences()).containsExactly("patientId"));
    refused(
        ErrorCode.ANALYSIS_0005,
        () -> night.in(() -> night.analyses.request(StudyInstanceUid.of("1.1"), null, READER)));
    refused(
        ErrorCode.ANALYSIS_0006,
        () -> night.run(() -> night.worklist.release(StudyInstanceUid.of("1.1"), "  ", READER)));

    night.run(
        () ->
            night.worklist.release(
                StudyInstanceUid.of("1.1"), "wristband checked, id was mistyped", READER));

    Worklist.Entry released = night.line("1.1");
    assertThat(released.matchStatus()).isEqualTo(MatchStatus.MATCHED);
    assertThat(released.aiStatus()).isEqualTo(AiStatus.PENDING);
    assertThat(released.aiNotRunReason()).isNull();
    assertThat(night.queue).containsExactly(new Message(released.analyses().get(0), Priority.STAT));
    assertThat(night.audited())
        .containsExactly(
            Action.ORDER_RECEIVED,
            Action.STUDY_QUARANTINED,
            Action.ANALYSIS_NOT_RUN,
            Action.STUDY_RELEASED,
            Action.ANALYSIS_REQUESTED);
    refused(
        ErrorCode.KERNEL_0005,
        () -> night.run(() -> night.worklist.release(StudyInstanceUid.of("1.1"), "x", READER)));
  }

  @Test
  void aRejectedStudyGoesOnWithoutTheOrderAndIsNotQuarantinedAgain() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));
    night.complete(study("1.1", "A1", "P2", 1));
    night.run(() -> night.worklist.reject(StudyInstanceUid.of("1.1"), "another patient", READER));

    Worklist.Entry line = night.line("1.1");
    assertThat(line.matchStatus()).isEqualTo(MatchStatus.UNMATCHED);
    assertThat(line.orderPriority()).isNull();
    assertThat(line.aiStatus()).isEqualTo(AiStatus.PENDING);
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.URGENT)));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.UNMATCHED);
    night.infer(line.analyses().get(0), 0.9, Severity.CRITICAL);
    assertThat(night.completed.get(0).order()).isNull();
    assertThat(night.line("1.1").severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aCorrectionByTheRisTakesTheStudyOutOfQuarantine() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P9", Priority.ROUTINE)));
    night.complete(study("1.1", "A1", "P1", 1));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.QUARANTINED);

    night.run(
        () ->
            night.orders.apply(
                order(Control.CHANGE, "O1", "A1", "P1", "Doe^Jane", Priority.ROUTINE)));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.MATCHED);
    assertThat(night.queue).hasSize(1);
  }

  @Test
  void aMatchedOrderThatNowNamesAnotherPatientSetsItsStudyAside() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.ROUTINE)));
    night.complete(study("1.1", "A1", "P1", 1));
    night.run(
        () ->
            night.orders.apply(
                order(Control.CHANGE, "O1", "A1", "P7", "Roe^Carl", Priority.ROUTINE)));

    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.QUARANTINED);
    night.infer(night.jobsOf("1.1").get(0), 0.9, Severity.CRITICAL);
    assertThat(night.completed.get(0).order()).as("alerts nobody").isNull();

    night.run(() -> night.worklist.release(StudyInstanceUid.of("1.1"), "same person", READER));
    assertThat(night.matchedLate).hasSize(1);
  }

  @Test
  void whatNoModelAcceptsIsNotRunAndNeverNegative() {
    night.refusal = "the modality is CT, it reads DX";
    night.complete(study("1.1", "A1", "P1", 1));
    Worklist.Entry line = night.line("1.1");
    assertThat(line.aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(line.aiNotRunReason())
        .isEqualTo(
            "AI was not run: no enabled model accepts this study. "
                + "chest 1.0.0: the modality is CT, it reads DX");
    assertThat(line.severity()).isNull();
    assertThat(night.audited()).containsExactly(Action.ANALYSIS_NOT_RUN);
    refused(
        ErrorCode.ANALYSIS_0004,
        () -> night.in(() -> night.analyses.request(StudyInstanceUid.of("1.1"), null, READER)));

    night.models = List.of();
    night.complete(study("1.2", "A2", "P1", 1));
    assertThat(night.line("1.2").aiNotRunReason())
        .isEqualTo("AI was not run: no model is deployed for this hospital.");
  }

  @Test
  void completingTwiceMakesOneJobAndLateImagesMakeAnother() {
    night.complete(study("1.1", "A1", "P1", 1));
    night.complete(study("1.1", "A1", "P1", 1));
    assertThat(night.queue).hasSize(1);
    night.infer(night.jobsOf("1.1").get(0), 0.9, Severity.CRITICAL);
    night.run(
        () ->
            night.worklist.setReadingStatus(
                StudyInstanceUid.of("1.1"), ReadingStatus.READ, READER));
    assertThat(night.list()).isEmpty();
    assertThat(night.in(() -> night.worklist.entries(true))).hasSize(1);

    night.complete(study("1.1", "A1", "P1", 2));
    Worklist.Entry line = night.line("1.1");
    assertThat(night.queue).hasSize(2);
    assertThat(line.readingStatus())
        .as("nobody has seen the late image")
        .isEqualTo(ReadingStatus.UNREAD);
    assertThat(line.aiStatus()).isEqualTo(AiStatus.PENDING);
    assertThat(line.severity()).as("old results stay").isEqualTo(Severity.CRITICAL);
    assertThat(line.analyses()).hasSize(2);
  }

  @Test
  void aJobIsClaimedCompletedOnceAndThenLeftAlone() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    assertThat(night.in(() -> night.jobs.claim(job)).orElseThrow().attempt()).isEqualTo(1);
    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.PROCESSING);
    ClaimedJob again = night.in(() -> night.jobs.claim(job)).orElseThrow();
    assertThat(again.attempt()).as("its first consumer died").isEqualTo(2);
    assertThat(again.image().value()).isEqualTo("1.1.1.1");

    night.run(() -> night.jobs.complete(job, result(0.9, Severity.CRITICAL)));
    night.run(() -> night.jobs.complete(job, result(0.1, Severity.CRITICAL)));
    night.run(() -> night.jobs.fail(job, ErrorCode.INFERENCE_0003, "late"));

    assertThat(night.completed).hasSize(1);
    assertThat(night.in(() -> night.jobs.claim(job))).isEmpty();
    AnalysisView view = night.in(() -> night.analyses.find(job)).orElseThrow();
    assertThat(view.status()).isEqualTo(AnalysisView.Status.COMPLETED);
    assertThat(view.errorCode()).isNull();
    assertThat(view.heatMap().rows()).isEqualTo(2);
    assertThat(view.findings().get(0))
        .satisfies(
            f -> {
              assertThat(f.positive()).isTrue();
              assertThat(f.confidence()).isEqualTo(0.9);
              assertThat(f.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(f.code().value()).isEqualTo("36118008");
              assertThat(f.box().width()).isEqualTo(30);
              assertThat(f.trackingUid()).isEqualTo(TrackingUid.of(job, "pneumothorax"));
            });
    assertThat(view.findings().get(1).severity())
        .as("a negative never raises")
        .isEqualTo(Severity.ROUTINE);
  }

  @Test
  void aJobThatIsNotVisibleYetMustComeBack() {
    refused(ErrorCode.ANALYSIS_0001, () -> night.in(() -> night.jobs.claim(UUID.randomUUID())));
  }

  @Test
  void aFailedJobIsShownAsFailed() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.in(() -> night.jobs.claim(job));
    night.run(() -> night.jobs.fail(job, ErrorCode.INFERENCE_0004, "transfer syntax"));
    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.FAILED);
    assertThat(night.line("1.1").severity()).isNull();
    AnalysisView view = night.in(() -> night.analyses.find(job)).orElseThrow();
    assertThat(view.errorCode()).isEqualTo("INFERENCE-0004");
    assertThat(view.errorMessage()).isEqualTo("transfer syntax");
    assertThat(night.in(() -> night.worklist.totals()).failed()).isEqualTo(1);
  }

  @Test
  void aPersonMayAskAgainCancelAndGiveFeedback() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID first = night.jobsOf("1.1").get(0);
    StudyInstanceUid uid = StudyInstanceUid.of("1.1");
    assertThat(night.in(() -> night.analyses.request(uid, Priority.STAT, READER)))
        .as("already at it")
        .containsExactly(first);
    night.infer(first, 0.9, Severity.CRITICAL);

    UUID second = night.in(() -> night.analyses.request(uid, Priority.STAT, READER)).get(0);
    assertThat(night.queue).last().isEqualTo(new Message(second, Priority.STAT));
    night.run(() -> night.analyses.cancel(second, READER));
    night.run(() -> night.analyses.cancel(second, READER));
    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.COMPLETED);
    refused(ErrorCode.ANALYSIS_0003, () -> night.run(() -> night.analyses.cancel(first, READER)));

    UUID finding = night.in(() -> night.analyses.find(first)).orElseThrow().findings().get(0).id();
    night.run(
        () ->
            night.analyses.feedback(
                first, finding, Analyses.Feedback.UNCERTAIN, "skin fold?", READER));
    night.run(
        () ->
            night.analyses.feedback(
                first, finding, Analyses.Feedback.FALSE_POSITIVE, null, READER));
    night.run(() -> night.analyses.reveal(first, READER));
    AnalysisView view = night.in(() -> night.analyses.ofStudy(uid)).get(0);
    assertThat(view.findings().get(0).feedback()).isEqualTo("false_positive");
    assertThat(night.sql("select id from feedback")).hasSize(1);
    refused(
        ErrorCode.ANALYSIS_0007,
        () ->
            night.run(
                () ->
                    night.analyses.feedback(
                        first, UUID.randomUUID(), Analyses.Feedback.UNCERTAIN, null, READER)));
    assertThat(night.audited())
        .contains(Action.ANALYSIS_CANCELLED, Action.FEEDBACK_GIVEN, Action.AI_REVEALED);
  }

  @Test
  void theOnlyJobCancelledIsAiNotRun() {
    night.complete(study("1.1", "A1", "P1", 1));
    UUID job = night.jobsOf("1.1").get(0);
    night.run(() -> night.analyses.cancel(job, READER));
    assertThat(night.line("1.1").aiStatus()).isEqualTo(AiStatus.NOT_RUN);
    assertThat(night.line("1.1").aiNotRunReason()).contains("cancelled");
  }

  @Test
  void ordersAreAppliedOnceChangedCancelledAndReinstated() {
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.ROUTINE)));
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));
    assertThat(night.in(() -> night.orders.recent(10)))
        .singleElement()
        .satisfies(o -> assertThat(o.priority()).isEqualTo(Priority.STAT));
    for (int twice = 0; twice < 2; twice++) {
      night.run(
          () ->
              night.orders.apply(
                  order(Control.CANCEL, "O1", "A1", "P1", "Doe^Jane", Priority.STAT)));
    }
    night.complete(study("1.1", "A1", "P1", 1));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.UNMATCHED);
    night.run(() -> night.orders.apply(order("O1", "A1", "P1", Priority.STAT)));
    assertThat(night.line("1.1").matchStatus()).isEqualTo(MatchStatus.MATCHED);
    refused(
        ErrorCode.ANALYSIS_0002,
        () ->
            night.run(
                () ->
                    night.orders.apply(
                        order(Control.CANCEL, "O9", "A9", "P1", "Doe^Jane", Priority.STAT))));
    refused(
        ErrorCode.KERNEL_0003,
        () -> night.run(() -> night.orders.apply(order(" ", "A9", "P1", Priority.STAT))));
  }

  @Test
  void analysesAreListedByFilterAndPage() {
    night.complete(study("1.1", "A1", "P1", 1));
    night.complete(study("1.2", "A2", "P2", 1));
    night.complete(study("1.3", "A3", "P2", 1));
    night.infer(night.jobsOf("1.3").get(0), 0.9, Severity.CRITICAL);
    Analyses.Page page =
        night.in(
            () ->
                night.analyses.list(
                    new Analyses.Filter("P2", "DX", null, Priority.ROUTINE, null, null, 1, 1)));
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.analyses()).hasSize(1);
    assertThat(page.analyses().get(0).study().value()).isEqualTo("1.3");
    assertThat(page.analyses().get(0).findings()).hasSize(2);
    assertThat(
            night.in(
                () ->
                    night
                        .analyses
                        .list(
                            new Analyses.Filter(
                                null,
                                null,
                                AnalysisView.Status.PENDING,
                                null,
                                NightShift.TEN_PAST_TWO,
                                null,
                                1,
                                200))
                        .total()))
        .isEqualTo(2);
    refused(
        ErrorCode.KERNEL_0003,
        () ->
            night.in(
                () ->
                    night.analyses.list(
                        new Analyses.Filter(null, null, null, null, null, null, 0, 20))));
  }

  @Test
  void openListsHearOfCommittedChangesOfTheirHospitalOnly() {
    List<Worklist.Change> heard = new ArrayList<>();
    List<Worklist.Change> elsewhere = new ArrayList<>();
    Worklist.Subscription broken =
        night.worklist.subscribe(
            NightShift.ST_AGNES,
            c -> {
              throw new IllegalStateException("browser gone");
            });
    Worklist.Subscription mine = night.worklist.subscribe(NightShift.ST_AGNES, heard::add);
    Worklist.Subscription other = night.worklist.subscribe(TenantId.of("mercy"), elsewhere::add);

    night.arrive(study("1.1", "A1", "P1", 0));
    night.complete(study("1.1", "A1", "P1", 1));
    night.infer(night.jobsOf("1.1").get(0), 0.9, Severity.CRITICAL);
    assertThat(heard)
        .extracting(Worklist.Change::reason)
        .containsExactly(
            Worklist.Change.Reason.ARRIVED,
            Worklist.Change.Reason.STATUS,
            Worklist.Change.Reason.STATUS,
            Worklist.Change.Reason.ANALYSED);
    assertThat(heard.get(3).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(elsewhere).isEmpty();

    heard.clear();
    assertThatThrownBy(
            () ->
                night.run(
                    () -> {
                      night.worklist.setReadingStatus(
                          StudyInstanceUid.of("1.1"), ReadingStatus.READING, READER);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(heard).isEmpty();
    assertThat(night.line("1.1").readingStatus()).isEqualTo(ReadingStatus.UNREAD);

    List.of(broken, mine, other).forEach(Worklist.Subscription::close);
    mine.close();
    assertThat(night.broadcast.listening()).isZero();
  }

  @Test
  void anOrderAndAStudyThatComeInTheSameInstantStillMeet() throws Exception {
    int pairs = 40;
    ExecutorService edges = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      CountDownLatch go = new CountDownLatch(1);
      for (int i = 0; i < pairs; i++) {
        int n = i;
        all.add(
            edges.submit(
                () -> {
                  go.await();
                  night.run(
                      () -> night.orders.apply(order("O" + n, "A" + n, "P" + n, Priority.URGENT)));
                  return null;
                }));
        all.add(
            edges.submit(
                () -> {
                  go.await();
                  night.complete(study("1." + n, "A" + n, "P" + n, 1));
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      edges.shutdownNow();
    }
    assertThat(night.list())
        .hasSize(pairs)
        .allSatisfy(e -> assertThat(e.matchStatus()).isEqualTo(MatchStatus.MATCHED));
    assertThat(night.in(() -> night.orders.awaitingStudy())).isEmpty();
  }

  @Test
  void twoModelsThatFinishTogetherLeaveTheWorstOnTheLine() throws Exception {
    night.models = List.of("chest", "second");
    ExecutorService consumers = Executors.newFixedThreadPool(2);
    try {
      for (int i = 1; i <= 10; i++) {
        night.complete(study("1." + i, "A" + i, "P" + i, 1));
        List<UUID> both = night.jobsOf("1." + i);
        Future<?> a = consumers.submit(() -> night.infer(both.get(0), 0.9, Severity.CRITICAL));
        Future<?> b = consumers.submit(() -> night.infer(both.get(1), 0.9, Severity.URGENT));
        a.get(30, TimeUnit.SECONDS);
        b.get(30, TimeUnit.SECONDS);
        assertThat(night.line("1." + i).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(night.line("1." + i).aiStatus()).isEqualTo(AiStatus.COMPLETED);
      }
    } finally {
      consumers.shutdownNow();
    }
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VigilException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
