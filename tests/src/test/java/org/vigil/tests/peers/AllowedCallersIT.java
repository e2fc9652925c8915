package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.Vigil;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** A hospital's list of callers, with dcmtk calling. */
class AllowedCallersIT {
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

  private static Rest admin() {
    return hospital.as("TENANT_ADMIN");
  }

  @Test
  void onlyWhoIsOnTheListMayStoreAndEcho() throws IOException {
    Path film = folder.resolve("film.dcm");
    DicomWriter.write(film, hospital.normal().dicom(), UID.ExplicitVRLittleEndian);
    assertThat(call(Program.ECHOSCU, "CT 2").exitCode()).isZero();

    admin().send("PUT", "api/allowed-callers/CT1", Map.of("networks", List.of("127.0.0.1"))).ok();
    admin().send("PUT", "api/allowed-callers/CT%202", networks("192.0.2.0/24")).ok();

    Program.Result stored = call(Program.STORESCU, "CT1", film.toString());
    assertThat(stored.output()).contains("Received Store Response (Success)");
    for (String stranger : List.of("CT 2", "CT3")) {
      Program.Result refused = call(Program.STORESCU, stranger, film.toString());
      assertThat(refused.exitCode()).as(refused.output()).isNotZero();
      assertThat(refused.output())
          .contains("Rejected Permanent", "Service User", "Calling AE Title Not Recognized");
    }
    assertThat(call(Program.ECHOSCU, "CT3").output()).contains("Calling AE Title Not Recognized");
    List<JsonNode> refusals = hospital.audit("ASSOCIATION_REFUSED");
    assertThat(refusals).hasSize(3);
    assertThat(refusals.toString()).contains("IMAGING-0051", "CT 2", "CT3", "127.0.0.1");

    admin().send("PUT", "api/allowed-callers/CT%202", networks()).ok();
    assertThat(call(Program.ECHOSCU, "CT 2").exitCode()).isZero();

    assertThat(admin().get("api/allowed-callers").ok().path("callers").toString())
        .isEqualTo(
            "[{\"aeTitle\":\"CT 2\",\"networks\":[]},"
                + "{\"aeTitle\":\"CT1\",\"networks\":[\"127.0.0.1/32\"]}]");
    admin().send("DELETE", "api/allowed-callers/CT1", null);
    admin().send("DELETE", "api/allowed-callers/CT%202", null);
    assertThat(call(Program.ECHOSCU, "CT3").exitCode()).isZero();
  }

  @Test
  void whatIsNoCallerIsRefused() {
    assertThat(admin().send("PUT", "api/allowed-callers/CT1", networks("localhost")).text())
        .contains("IMAGING-0052", "networks");
    assertThat(admin().send("PUT", "api/allowed-callers/SEVENTEEN-LETTERS", networks()).text())
        .contains("IMAGING-0052", "aeTitle");
    assertThat(admin().send("DELETE", "api/allowed-callers/NOBODY", null).text())
        .contains("IMAGING-0053");
    assertThat(hospital.as("TECHNOLOGIST").get("api/allowed-callers").status()).isEqualTo(200);
    assertThat(
            hospital.as("TECHNOLOGIST").send("PUT", "api/allowed-callers/CT1", networks()).status())
        .isEqualTo(403);
  }

  @Test
  void theListIsKeptOnTheCommandLineToo() {
    try (TestHospital other = TestHospital.open()) {
      assertThat(vigil(other, "allow", "CT 9", "--from", "127.0.0.1,10.20.0.0/16")).isZero();
      assertThat(other.as("TENANT_ADMIN").get("api/allowed-callers").ok().toString())
          .contains("CT 9", "127.0.0.1/32", "10.20.0.0/16");
      assertThat(vigil(other, "callers")).isZero();
      assertThat(vigil(other, "allow", "CT1", "--from", "nowhere")).isNotZero();
      assertThat(vigil(other, "forbid", "CT 9")).isZero();
      assertThat(other.as("TENANT_ADMIN").get("api/allowed-callers").ok().path("callers"))
          .isEmpty();
    }
  }

  private static int vigil(TestHospital of, String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of("pacs"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--tenant", of.id(), "--home", of.server().home().root().toString()));
    return Vigil.commandLine().execute(all.toArray(String[]::new));
  }

  private static Map<String, Object> networks(String... networks) {
    return Map.of("networks", List.of(networks));
  }

  private static Program.Result call(Program program, String callingAe, String... files) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("-v", "-aet", callingAe, "-aec", hospital.aeTitle(), "127.0.0.1", port()));
    arguments.addAll(List.of(files));
    return program.run(arguments.toArray(String[]::new));
  }

  private static String port() {
    return Integer.toString(hospital.server().port(Port.DICOM));
  }
}
