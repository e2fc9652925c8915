package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * No log holds patient data: neither names nor numbers of anybody whom this or any other test of
 * the run has sent, whatever went wrong with them. Runs last (see junit-platform.properties).
 */
@Order(Integer.MAX_VALUE)
class SilentLogsIT {

  @Test
  void noLogNamesAPatient() throws Exception {
    try (TestHospital hospital = TestHospital.open()) {
      Visit visit = hospital.critical();
      hospital.sendOrder(visit);
      hospital.sendMessage(visit.order(hospital.aeTitle()).replace("PID|1", "PID"));
      hospital.sendStudy(visit);
      hospital.waitUntilAnalysed(visit);
      hospital.waitUntilDelivered();

      List<String> told = new ArrayList<>();
      for (Path log : hospital.server().logs()) {
        String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        for (String secret : Visit.identifying()) {
          if (text.contains(secret)) {
            told.add(log.getFileName() + " holds " + secret);
          }
        }
      }

      assertThat(Files.size(hospital.server().log())).isPositive();
      assertThat(Visit.identifying()).contains(visit.patientId());
      assertThat(told).isEmpty();
    }
  }
}
