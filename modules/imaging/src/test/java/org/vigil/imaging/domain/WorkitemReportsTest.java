package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/** Event reports and what calls for them (PS3.4 §CC.2.4). */
class WorkitemReportsTest {
  private static final int STATIONS = ElementDictionary.tagOf("ScheduledStationNameCodeSequence");

  private static Attributes workitem(String state) {
    Attributes workitem = new Attributes();
    workitem.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    workitem.setString(Tag.ProcedureStepState, VR.CS, state);
    workitem.setString(Tag.InputReadinessState, VR.CS, "READY");
    workitem.setString(Tag.PatientID, VR.LO, "4711");
    return workitem;
  }

  private static Attributes progress(Attributes workitem) {
    Attributes item = new Attributes();
    workitem.newSequence(Tag.ProcedureStepProgressInformationSequence, 1).add(item);
    return item;
  }

  private static List<Integer> typesAfter(Consumer<Attributes> change) {
    Attributes after = workitem("IN PROGRESS");
    change.accept(after);
    return WorkitemReports.ofUpdate(workitem("IN PROGRESS"), after).stream()
        .map(report -> report.getInt(Tag.EventTypeID, 0))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"SCHEDULED, false", "IN PROGRESS, false", "COMPLETED, false", "CANCELED, true"})
  void aStateReportHasTheReasonOfACancelledOneOnly(String state, boolean reason) {
    Attributes workitem = workitem(state);
    progress(workitem).setString(Tag.ReasonForCancellation, VR.LT, "ordered twice");
    Attributes report = WorkitemReports.state(workitem);
    assertThat(report.getString(Tag.AffectedSOPClassUID)).isEqualTo(UID.UnifiedProcedureStepPush);
    assertThat(report.getString(Tag.AffectedSOPInstanceUID)).isEqualTo("1.2.3");
    assertThat(report.getInt(Tag.EventTypeID, 0)).isEqualTo(1);
    assertThat(report.getString(Tag.ProcedureStepState)).isEqualTo(state);
    assertThat(report.getString(Tag.InputReadinessState)).isEqualTo("READY");
    assertThat(report.containsValue(Tag.ReasonForCancellation)).isEqualTo(reason);
    assertThat(report.contains(Tag.PatientID)).isFalse();
  }

  @Test
  void whatNobodyWaitsForIsNotReported() {
    assertThat(typesAfter(w -> w.setString(Tag.ProcedureStepLabel, VR.LO, "Other"))).isEmpty();
    assertThat(
            typesAfter(
                w ->
                    progress(w)
                        .setString(Tag.ProcedureStepCancellationDateTime, VR.DT, "20261122")))
        .isEmpty();
  }

  @Test
  void readinessAssignmentAndProgressAre() {
    assertThat(typesAfter(w -> w.setString(Tag.InputReadinessState, VR.CS, "INCOMPLETE")))
        .containsExactly(1);
    assertThat(typesAfter(w -> w.newSequence(STATIONS, 0))).isEmpty();
    assertThat(typesAfter(WorkitemReportsTest::assign)).containsExactly(5);
    assertThat(typesAfter(w -> progress(w).setString(Tag.ProcedureStepProgress, VR.DS, "40")))
        .containsExactly(3);
  }

  private static void assign(Attributes workitem) {
    Attributes station = new Attributes();
    station.setString(Tag.CodeValue, VR.SH, "ST1");
    workitem.newSequence(STATIONS, 1).add(station);
  }

  @Test
  void oneThatIsCreatedForAStationIsAssignedAtOnce() {
    Attributes created = workitem("SCHEDULED");
    assertThat(WorkitemReports.ofCreation(created)).hasSize(1);
    assign(created);
    assertThat(WorkitemReports.ofCreation(created))
        .extracting(report -> report.getInt(Tag.EventTypeID, 0))
        .containsExactly(1, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERER, a very long name of a service account, ORDERER",
    "'',      a very long name of a service account, a very long name",
    "'',      Jörg\\1, J_rg_1",
  })
  void aRequestToCancelNamesWhoAsks(String named, String user, String requestingAe) {
    Attributes request = new Attributes();
    int tag = ElementDictionary.tagOf("RequestingAE");
    request.setString(tag, VR.AE, named);
    request.setString(Tag.ContactDisplayName, VR.LO, "the front desk");
    Attributes report = WorkitemReports.cancelRequested("1.2.3", request, user);
    assertThat(report.getInt(Tag.EventTypeID, 0)).isEqualTo(2);
    assertThat(report.getString(tag)).isEqualTo(requestingAe);
    assertThat(report.getString(Tag.ContactDisplayName)).isEqualTo("the front desk");
  }
}
