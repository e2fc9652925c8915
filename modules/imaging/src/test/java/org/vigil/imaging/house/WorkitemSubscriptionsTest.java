package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.WorkitemReported;
import org.vigil.imaging.api.WorkitemReported.Addressee;
import org.vigil.imaging.api.WorkitemSubscriptions;
import org.vigil.imaging.api.WorkitemSubscriptions.Subscriber;
import org.vigil.imaging.api.Workitems;
import org.vigil.imaging.application.WorkitemExpiry;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;

/** Subscriptions, reports and the end of workitems on a real database. */
class WorkitemSubscriptionsTest {
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

  private static WorkitemSubscriptions subscriptions() {
    return house.the(WorkitemSubscriptions.class);
  }

  private static Subscriber as(String aeTitle) {
    return new Subscriber(aeTitle, PEER, false);
  }

  private static String created(String patientId) {
    String uid = Uids.fresh();
    house.in(() -> workitems().create(uid, Steps.scheduled(patientId, START), PEER));
    return uid;
  }

  private static void subscribe(String uid, String aeTitle, boolean lock) {
    house.in(() -> subscriptions().subscribe(uid, as(aeTitle), null, lock));
  }

  private static void change(String uid, String state, String transaction) {
    house.in(() -> workitems().changeState(uid, state, transaction, PEER));
  }

  /** Event types and states about a workitem that an AE title was told. */
  private static List<String> told(String aeTitle, String uid) {
    List<String> told = new ArrayList<>();
    for (WorkitemReported event : house.surroundings().reported()) {
      if (event.addressees().contains(new Addressee(aeTitle, PEER.name()))) {
        event.reports().stream()
            .filter(report -> uid.equals(report.getString(Tag.AffectedSOPInstanceUID)))
            .map(
                report ->
                    report.getInt(Tag.EventTypeID, 0)
                        + " "
                        + report.getString(Tag.ProcedureStepState, ""))
            .map(String::strip)
            .forEach(told::add);
      }
    }
    return told;
  }

  @Test
  void aSubscriberOfTheWorklistIsSubscribedToWhatIsThereAndWhatComes() {
    String before = created("WS-1");
    subscribe(WorkitemSubscriptions.WORKLIST, "ALL1", false);
    String after = created("WS-1");
    house.in(() -> subscriptions().unsubscribe(before, as("ALL1")));
    change(before, "IN PROGRESS", Uids.fresh());
    change(after, "IN PROGRESS", Uids.fresh());
    house.in(() -> subscriptions().suspend(as("ALL1")));
    String later = created("WS-1");

    assertThat(told("ALL1", before)).containsExactly("1 SCHEDULED");
    assertThat(told("ALL1", after)).containsExactly("1 SCHEDULED", "1 IN PROGRESS");
    assertThat(told("ALL1", later)).isEmpty();
    house.in(() -> subscriptions().unsubscribe(WorkitemSubscriptions.WORKLIST, as("ALL1")));
    assertThat(house.texts("select 1 from workitem_subscription where ae_title = 'ALL1'"))
        .isEmpty();
  }

  @Test
  void aWorkitemThatMatchesAFilterOnlyLaterIsSubscribedToThen() {
    Attributes filter = new Attributes();
    filter.setString(Tag.ProcedureStepLabel, VR.LO, "Second look*");
    house.in(
        () ->
            subscriptions()
                .subscribe(WorkitemSubscriptions.FILTERED_WORKLIST, as("FILTER1"), filter, false));
    String uid = created("WS-2");
    Attributes changes = new Attributes();
    changes.setString(Tag.ProcedureStepLabel, VR.LO, "Second look at the lungs");
    house.in(() -> workitems().update(uid, null, changes, PEER));
    house.in(() -> workitems().update(uid, null, changes, PEER));
    assertThat(told("FILTER1", uid)).containsExactly("1 SCHEDULED");
  }

  @Test
  void aRequestToCancelIsToldAndKeptWhileItIsInProgress() {
    String uid = created("WS-3");
    String transaction = Uids.fresh();
    change(uid, "IN PROGRESS", transaction);
    subscribe(uid, "CANCEL1", false);
    house.in(() -> workitems().requestCancellation(uid, new Attributes(), PEER));
    List<Integer> present = new ArrayList<>();
    house.in(
        () ->
            subscriptions()
                .follow(
                    as("CANCEL1"),
                    reports -> reports.forEach(r -> present.add(r.getInt(Tag.EventTypeID, 0)))));
    change(uid, "CANCELED", transaction);

    assertThat(told("CANCEL1", uid)).containsExactly("1 IN PROGRESS", "2", "1 CANCELED");
    assertThat(present).containsExactly(1, 2);
  }

  @Test
  void anAeTitleIsItsFirstSubscribersUntilHeHasNoSubscriptionLeft() {
    String uid = created("WS-4");
    Actor other = Actor.peer("somebody else", "192.0.2.8");
    Subscriber stranger = new Subscriber("OWNED1", other, false);
    subscribe(uid, "OWNED1", false);
    assertThatThrownBy(() -> house.in(() -> subscriptions().subscribe(uid, stranger, null, false)))
        .hasMessageContaining("IMAGING-0075");
    assertThatThrownBy(() -> house.in(() -> subscriptions().follow(stranger, reports -> {})))
        .hasMessageContaining("IMAGING-0075");
    house.in(() -> subscriptions().unsubscribe(uid, new Subscriber("OWNED1", other, true)));
    house.in(() -> subscriptions().subscribe(uid, stranger, null, false));
    assertThatThrownBy(() -> subscribe("1.2.3.4", "OWNED2", false))
        .hasMessageContaining("IMAGING-0061");
    assertThatThrownBy(() -> subscribe(uid, "AN AE TITLE TOO LONG", false))
        .hasMessageContaining("KERNEL-0003");
  }

  @Test
  void whatHasEndedIsDeletedButForLocksAndTheseNotForEver() {
    String fresh = ended("WS-5", 6, false);
    String old = ended("WS-5", 8, false);
    String locked = ended("WS-5", 8, true);
    String forgotten = ended("WS-5", 91, true);
    String open = created("WS-5");
    aged(open, 91);

    house.in(() -> house.the(WorkitemExpiry.class).deleteSome());

    assertThat(house.texts("select sop_instance_uid from workitem where patient_id = 'WS-5'"))
        .containsExactlyInAnyOrder(fresh, locked, open);
    assertThat(house.surroundings().audit())
        .filteredOn(event -> event.action() == Action.WORKITEM_DELETED)
        .extracting(event -> event.entity() + " " + event.patientId())
        .containsExactlyInAnyOrder("workitem/" + old + " WS-5", "workitem/" + forgotten + " WS-5");
  }

  private static String ended(String patientId, int days, boolean lock) {
    String uid = created(patientId);
    subscribe(uid, "KEEPER1", lock);
    house.in(() -> workitems().requestCancellation(uid, new Attributes(), PEER));
    aged(uid, days);
    return uid;
  }

  private static void aged(String uid, int days) {
    house.texts(
        "update workitem set changed_at = now() - interval '%d days' where sop_instance_uid = '%s'"
            .formatted(days, uid));
  }
}
