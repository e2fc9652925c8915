package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** dcmtk's echoscu and storescu, as modalities and archives all over the world use them. */
class DcmtkIT {
  private static TestHospital hospital;

  @TempDir private Path folder;

  @BeforeAll
  static void openHospital() {
    Program.ECHOSCU.need();
    Program.STORESCU.need();
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void anEchoIsAnswered() {
    Program.Result result =
        Program.ECHOSCU.run("-v", "-aec", hospital.aeTitle(), "127.0.0.1", port());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("Received Echo Response (Success)");
  }

  @Test
  void anUnknownAeTitleIsRejectedWithItsReason() {
    Program.Result result = Program.ECHOSCU.run("-v", "-aec", "NOBODY", "127.0.0.1", port());

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output())
        .contains("Association Rejected", "Rejected Permanent", "Called AE Title Not Recognized");
  }

  @Test
  void aStoredStudyIsAnalysed() throws Exception {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    Path file = folder.resolve("film.dcm");
    DicomWriter.write(file, visit.dicom(), UID.ExplicitVRLittleEndian);

    Program.Result result =
        Program.STORESCU.run(
            "-v", "-aec", hospital.aeTitle(), "127.0.0.1", port(), file.toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("Received Store Response (Success)");
    assertThat(hospital.waitUntilAnalysed(visit).get("severity").asText()).isEqualTo("critical");
  }

  @Test
  void implicitVrIsStoredToo() throws Exception {
    Visit visit = hospital.normal();
    Path file = folder.resolve("film.dcm");
    DicomWriter.write(file, visit.dicom(), UID.ImplicitVRLittleEndian);

    Program.Result result =
        Program.STORESCU.run(
            "-v", "-xi", "-aec", hospital.aeTitle(), "127.0.0.1", port(), file.toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(hospital.waitUntilAnalysed(visit).get("aiStatus").asText()).isEqualTo("completed");
  }

  private static String port() {
    return Integer.toString(hospital.server().port(Port.DICOM));
  }
}
