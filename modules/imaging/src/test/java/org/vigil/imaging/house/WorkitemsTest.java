package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.Workitems;
import org.vigil.imaging.api.Workitems.Outcome;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.TenantContext;

/** Unified procedure steps on a real database. */
class WorkitemsTest {
  private static final Actor PEER = Actor.peer("performer", "192.0.2.7");
  private static final String START = "20261122120000";

  @TempDir private static Path folder;
  private static ImagingHouse house;

  @BeforeAll
  static void open() {
    house = new ImagingHouse(folder);
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  private static Workitems workitems() {
    return house.the(Workitems.class);
  }

  private static <T> T in(Supplier<T> work) {
    try {
      return TenantContext.call(Surroundings.ST_AGNES, work::get);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String created(String patientId, String start) {
    String uid = Uids.fresh();
    house.in(() -> workitems().create(uid, Steps.scheduled(patientId, start), PEER));
    return uid;
  }

  private static Attributes retrieved(String uid) {
    return in(() -> workitems().retrieve(uid));
  }

  private static Outcome change(String uid, String state, String transaction) {
    return in(() -> workitems().changeState(uid, state, transaction, PEER));
  }

  private static String state(String uid) {
    return retrieved(uid).getString(Tag.ProcedureStepState);
  }

  @Test
  void aWorkitemIsCreatedClaimedReportedOnAndCompleted() {
    String uid = created("UPS-1", START);
    Attributes kept = retrieved(uid);
    assertThat(kept.getString(Tag.SOPClassUID)).isEqualTo(UID.UnifiedProcedureStepPush);
    assertThat(kept.getString(Tag.SOPInstanceUID)).isEqualTo(uid);
    assertThat(kept.getString(Tag.PatientName)).isEqualTo("Invented^Ida");
    assertThat(kept.getNestedDataset(Tag.ScheduledWorkitemCodeSequence).getString(Tag.CodeValue))
        .isEqualTo("110004");

    String transaction = Uids.fresh();
    assertThat(change(uid, "IN PROGRESS", transaction)).isEqualTo(Outcome.DONE);
    assertThat(retrieved(uid).contains(Tag.TransactionUID)).isFalse();
    assertThatThrownBy(() -> change(uid, "COMPLETED", transaction))
        .hasMessageContaining("IMAGING-0068")
        .hasMessageContaining("UnifiedProcedureStepPerformedProcedureSequence");
    assertThat(state(uid)).isEqualTo("IN PROGRESS");

    house.in(() -> workitems().update(uid, transaction, Steps.performed(), PEER));
    assertThat(change(uid, "COMPLETED", transaction)).isEqualTo(Outcome.DONE);
    assertThat(change(uid, "COMPLETED", transaction)).isEqualTo(Outcome.ALREADY_COMPLETED);
    assertThat(state(uid)).isEqualTo("COMPLETED");
    assertThat(house.surroundings().audit())
        .filteredOn(event -> ("workitem/" + uid).equals(event.entity()))
        .extracting(event -> event.action() + " " + event.details().get("state"))
        .containsExactly(
            Action.WORKITEM_CREATED + " SCHEDULED",
            Action.WORKITEM_CHANGED + " IN PROGRESS",
            Action.WORKITEM_CHANGED + " IN PROGRESS",
            Action.WORKITEM_CHANGED + " COMPLETED");
  }

  @Test
  void ofTwoPerformersOneGetsIt() throws Exception {
    String uid = created("UPS-2", START);
    ExecutorService both = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        claims.add(
            () -> {
              try {
                return change(uid, "IN PROGRESS", Uids.fresh()) == Outcome.DONE;
              } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("IMAGING-0064");
                return false;
              }
            });
      }
      int claimed = 0;
      for (Future<Boolean> claim : both.invokeAll(claims)) {
        claimed += claim.get() ? 1 : 0;
      }
      assertThat(claimed).isEqualTo(1);
    } finally {
      both.shutdownNow();
    }
  }

  @Test
  void oneThatNobodyHasClaimedIsCancelledOnRequestWithTheReason() {
    String uid = created("UPS-3", START);
    Attributes why = new Attributes();
    why.setString(Tag.ReasonForCancellation, VR.LT, "ordered twice");
    why.setString(Tag.ContactDisplayName, VR.LO, "the front desk");

    assertThat(in(() -> workitems().requestCancellation(uid, why, PEER))).isEqualTo(Outcome.DONE);

    Attributes progress =
        retrieved(uid).getNestedDataset(Tag.ProcedureStepProgressInformationSequence);
    assertThat(state(uid)).isEqualTo("CANCELED");
    assertThat(progress.getString(Tag.ReasonForCancellation)).isEqualTo("ordered twice");
    assertThat(progress.getString(Tag.ProcedureStepCancellationDateTime)).endsWith("+0000");
    assertThat(
            progress
                .getNestedDataset(Tag.ProcedureStepCommunicationsURISequence)
                .getString(Tag.ContactDisplayName))
        .isEqualTo("the front desk");
    assertThat(in(() -> workitems().requestCancellation(uid, new Attributes(), PEER)))
        .isEqualTo(Outcome.ALREADY_CANCELED);
  }

  @Test
  void oneThatIsInProgressIsCancelledByItsPerformerOnly() {
    String uid = created("UPS-4", START);
    String transaction = Uids.fresh();
    change(uid, "IN PROGRESS", transaction);

    assertThatThrownBy(() -> in(() -> workitems().requestCancellation(uid, new Attributes(), PEER)))
        .hasMessageContaining("IMAGING-0071");
    assertThat(change(uid, "CANCELED", transaction)).isEqualTo(Outcome.DONE);
    assertThat(
            retrieved(uid)
                .getNestedDataset(Tag.ProcedureStepProgressInformationSequence)
                .containsValue(Tag.ProcedureStepCancellationDateTime))
        .isTrue();
  }

  @Test
  void anotherOfTheSameUidIsRefusedAndTheFirstStays() {
    String uid = created("UPS-5", START);
    assertThatThrownBy(
            () -> house.in(() -> workitems().create(uid, Steps.scheduled("X", START), PEER)))
        .hasMessageContaining("IMAGING-0062");
    assertThat(retrieved(uid).getString(Tag.PatientID)).isEqualTo("UPS-5");
    assertThatThrownBy(() -> retrieved("1.2.3.4")).hasMessageContaining("IMAGING-0061");
    assertThatThrownBy(() -> change("1.2.3.4", "IN PROGRESS", "1.2"))
        .hasMessageContaining("IMAGING-0061");
  }

  @ParameterizedTest
  @CsvSource({
    "ProcedureStepState, COMPLETED",
    "ProcedureStepState, ''",
    "ScheduledProcedureStepPriority, STAT",
    "InputReadinessState, ''",
    "WorklistLabel, ''",
    "ScheduledProcedureStepStartDateTime, ''",
    "TransactionUID, 1.2.3",
  })
  void aNewWorkitemThatIsNoneIsRefusedWithTheAttribute(String keyword, String value) {
    Attributes step = Steps.scheduled("UPS-6", START);
    int tag = org.vigil.dicom.data.ElementDictionary.tagOf(keyword);
    step.setString(tag, org.vigil.dicom.data.ElementDictionary.vrOf(tag), value);
    assertThatThrownBy(() -> house.in(() -> workitems().create(Uids.fresh(), step, PEER)))
        .hasMessageContaining("IMAGING-0073")
        .hasMessageContaining(keyword);
  }

  @ParameterizedTest
  @CsvSource({
    "PatientID, SOMEBODY",
    "ProcedureStepState, COMPLETED",
    "SOPInstanceUID, 1.2.3",
    "WorklistLabel, ''",
    "InputReadinessState, SOON",
  })
  void whatMayNotBeChangedIsRefused(String keyword, String value) {
    String uid = created("UPS-7", START);
    Attributes changes = new Attributes();
    int tag = org.vigil.dicom.data.ElementDictionary.tagOf(keyword);
    changes.setString(tag, org.vigil.dicom.data.ElementDictionary.vrOf(tag), value);
    assertThatThrownBy(() -> house.in(() -> workitems().update(uid, null, changes, PEER)))
        .hasMessageContaining("IMAGING-0073")
        .hasMessageContaining(keyword);
  }

  @Test
  void workitemsAreFoundByKeysAndPages() {
    created("UPS-F1", "20270101080000");
    created("UPS-F1", "20270102080000");
    String claimed = created("UPS-F2", "20270103080000");
    change(claimed, "IN PROGRESS", Uids.fresh());

    Attributes keys = new Attributes();
    keys.setString(Tag.PatientID, VR.LO, "UPS-F*");
    assertThat(starts(keys, 0, 10))
        .containsExactly("20270101080000", "20270102080000", "20270103080000");
    assertThat(starts(keys, 1, 1)).containsExactly("20270102080000");
    keys.setString(Tag.ProcedureStepState, VR.CS, "SCHEDULED");
    assertThat(starts(keys, 0, 10)).hasSize(2);
    keys.setString(Tag.ScheduledProcedureStepStartDateTime, VR.DT, "20270102-20270103");
    assertThat(starts(keys, 0, 10)).containsExactly("20270102080000");
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, "999999");
    Sequence codes = keys.newSequence(Tag.ScheduledWorkitemCodeSequence, 1);
    codes.add(item);
    assertThat(starts(keys, 0, 10)).isEmpty();
  }

  private static List<String> starts(Attributes keys, int offset, int limit) {
    return in(() -> workitems().search(keys, offset, limit)).page().stream()
        .map(found -> found.getString(Tag.ScheduledProcedureStepStartDateTime))
        .toList();
  }
}
