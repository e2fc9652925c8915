package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.cli.demo.peer.Pacs;
import org.vigil.dicom.data.UID;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * What the archive receives, before independent judges: dciodvfy finds no error, dsrdump, GDCM and
 * pydicom read it.
 */
class ResultObjectsIT {
  private static TestHospital hospital;

  @BeforeAll
  static void receiveResults() {
    Program.DCIODVFY.need();
    Program.DSRDUMP.need();
    hospital = TestHospital.open();
    Visit critical = hospital.critical();
    Visit normal = hospital.normal();
    hospital.sendOrder(critical);
    hospital.sendOrder(normal);
    hospital.sendStudy(critical);
    hospital.sendStudy(normal);
    hospital.waitUntilAnalysed(critical);
    hospital.waitUntilAnalysed(normal);
    hospital.waitUntilDelivered();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void reportsAndHeatMapsHoldToTheirIods() {
    assertThat(hospital.pacs().objects()).hasSize(4);
    for (Pacs.Stored stored : hospital.pacs().objects()) {
      Program.Result result = Program.DCIODVFY.run(stored.file().toString());

      assertThat(result.output().lines().filter(line -> line.startsWith("Error")))
          .as(stored.sopClassUid())
          .isEmpty();
    }
  }

  @Test
  void reportsAreReadAsMeasurementReports() {
    for (Pacs.Stored stored : hospital.pacs().objects(UID.Comprehensive3DSRStorage)) {
      Program.Result result = Program.DSRDUMP.run("+Pc", stored.file().toString());

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("126000");
      assertThat(result.output()).containsIgnoringCase("pneumothorax");
    }
  }

  @Test
  void gdcmAndPydicomReadThem() {
    for (Pacs.Stored stored : hospital.pacs().objects()) {
      String file = stored.file().toString();
      for (Program.Result read :
          List.of(Program.GDCMDUMP.run(file), Program.PYDICOM.run("show", file))) {
        assertThat(read.exitCode()).as(read.output()).isZero();
        assertThat(read.output()).contains(stored.sopInstanceUid());
      }
    }
  }
}
