package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.NormalizedScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** The modality worklist as findscu asks for it, and procedure steps as modalities report them. */
class ModalityWorklistIT {
  private static TestHospital hospital;
  private static TestHospital other;

  @BeforeAll
  static void open() {
    Program.FINDSCU.need();
    hospital = TestHospital.open();
    other = TestHospital.open();
  }

  @AfterAll
  static void close() {
    for (TestHospital each : new TestHospital[] {hospital, other}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static String find(TestHospital at, String... keys) {
    String[] options = {
      "-v",
      "-W",
      "-aet",
      "DXROOM1",
      "-aec",
      at.aeTitle(),
      "127.0.0.1",
      Integer.toString(at.server().port(Port.DICOM)),
      "-k",
      "0008,0050",
      "-k",
      "0010,0010",
      "-k",
      "0020,000d",
      "-k",
      "0040,1001"
    };
    String[] all = java.util.Arrays.copyOf(options, options.length + 2 * keys.length);
    for (int i = 0; i < keys.length; i++) {
      all[options.length + 2 * i] = "-k";
      all[options.length + 2 * i + 1] = keys[i];
    }
    Program.Result result = Program.FINDSCU.run(all);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void ordersAreFoundByTheirKeysInTheirOwnHospitalOnly() {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    String day = visit.request().taken().toLocalDate().format(DateTimeFormatter.BASIC_ISO_DATE);

    assertThat(find(hospital, "0010,0020=" + visit.patientId())).contains(visit.accession());
    assertThat(
            find(
                hospital,
                "0040,0100[0].0008,0060=DX",
                "0040,0100[0].0040,0002=" + day + "-" + day,
                "0010,0010=" + visit.request().patient().familyName().toLowerCase() + "*"))
        .contains(visit.accession());
    assertThat(find(hospital, "0040,0100[0].0008,0060=MR")).doesNotContain(visit.accession());
    assertThat(find(hospital, "0040,0100[0].0040,0002=20200101-20200102"))
        .doesNotContain(visit.accession());
    assertThat(find(other)).doesNotContain(visit.accession());
    assertThat(hospital.audit("MODALITY_WORKLIST_QUERIED")).isNotEmpty();

    // A cancelled order is no longer to be done.
    hospital.sendMessage(visit.order(hospital.aeTitle()).replace("ORC|NW|", "ORC|CA|"));
    assertThat(find(hospital, "0010,0020=" + visit.patientId())).doesNotContain(visit.accession());
  }

  @Test
  void aStepIsAwaitedAndEndsTheStudyOnceAllItsImagesAreHere() throws IOException {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    String step = Uids.fresh();
    StoreItem first = visit.images().get(0);
    String second = Uids.fresh();
    try (NormalizedScu modality =
        NormalizedScu.open(hospital.dicom(), UID.ModalityPerformedProcedureStep)) {
      assertThat(modality.create(step, begun(visit)).status().code()).isZero();
      assertThat(modality.create(step, begun(visit)).status().code()).isNotZero();
      hospital.sendStudy(visit);
      assertThat(modality.set(step, ended(visit, first.sopInstanceUid(), second)).status().code())
          .isZero();
      // What has ended is not changed any more.
      assertThat(modality.set(step, ended(visit, second)).status().code()).isNotZero();
    }
    // The second image is announced and missing: longer than the quiet period nothing happens.
    Patience.staysTrue(
        "the study waits for its second image",
        () ->
            hospital.line(visit).orElseThrow().get("aiStatus").asText().equals("pending")
                && hospital.audit("STUDY_COMPLETED").stream()
                    .noneMatch(e -> e.toString().contains(visit.study())));
    hospital.send(visit.images(film -> film.setString(Tag.SOPInstanceUID, VR.UI, second)));

    hospital.waitUntilAnalysed(visit);
    assertThat(find(hospital, "0010,0020=" + visit.patientId())).doesNotContain(visit.accession());
  }

  private static Attributes begun(Visit visit) {
    Attributes step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "IN PROGRESS");
    step.setString(Tag.PatientID, VR.LO, visit.patientId());
    step.setString(Tag.Modality, VR.CS, "DX");
    Attributes scheduled = new Attributes();
    scheduled.setString(Tag.StudyInstanceUID, VR.UI, visit.study());
    scheduled.setString(Tag.AccessionNumber, VR.SH, visit.accession());
    step.newSequence(Tag.ScheduledStepAttributesSequence, 1).add(scheduled);
    return step;
  }

  private static Attributes ended(Visit visit, String... instances) {
    Attributes step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "COMPLETED");
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, Uids.fresh());
    Sequence images = series.newSequence(Tag.ReferencedImageSequence, instances.length);
    for (String instance : List.of(instances)) {
      Attributes reference = new Attributes();
      reference.setString(Tag.ReferencedSOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.1.1");
      reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
      images.add(reference);
    }
    step.newSequence(Tag.PerformedSeriesSequence, 1).add(series);
    return step;
  }
}
