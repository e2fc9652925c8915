package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** The hospital's PACS nodes, with Orthanc as one of them. */
class PacsNodesIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Orthanc orthanc;

  @BeforeAll
  static void open() {
    Program.ORTHANC.need();
    hospital = TestHospital.open();
    orthanc = Orthanc.start(hospital, folder);
  }

  @AfterAll
  static void close() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  private static Rest admin() {
    return hospital.as("TENANT_ADMIN");
  }

  @Test
  void aNodeIsSetEchoedSeenDownAndUpAgain() {
    admin().send("PUT", "api/pacs-nodes/archive", orthanc.node("query", "move")).ok();
    JsonNode seen = admin().post("api/pacs-nodes/archive/echo", Map.of()).ok();
    assertThat(seen.path("state").asText()).isEqualTo("up");
    assertThat(seen.path("millis").isNumber()).isTrue();

    orthanc.stop();
    for (int i = 0; i < 3; i++) {
      seen = admin().post("api/pacs-nodes/archive/echo", Map.of()).ok();
    }
    assertThat(seen.path("state").asText()).isEqualTo("down");
    assertThat(seen.path("failure").asText()).isNotBlank();
    assertThat(seen.path("paused").asBoolean()).isTrue();

    orthanc.start();
    // No person asks again: the periodic echo finds it.
    Patience.until(
        "the node to be seen up again", () -> state("archive"), state -> state.equals("up"));
    assertThat(hospital.audit("CONFIGURATION_CHANGED").toString()).contains("pacs-node/archive");
  }

  private static String state(String name) {
    for (JsonNode node : admin().get("api/pacs-nodes").ok().path("nodes")) {
      if (node.path("name").asText().equals(name)) {
        return node.path("reachability").path("state").asText();
      }
    }
    return "none";
  }

  @Test
  void thePlatformsAdministratorReachesAHospitalsNodesAndOthersDoNot() {
    Rest platform = hospital.server().as(null, "PLATFORM_ADMIN");
    String path = "api/platform/tenants/" + hospital.id() + "/pacs-nodes";
    platform.send("PUT", path + "/web", web("https://pacs.example/dicom-web/")).ok();
    JsonNode node = platform.get(path).ok().path("nodes");
    assertThat(node.toString()).contains("https://pacs.example/dicom-web\"");
    assertThat(platform.send("DELETE", path + "/web", null).status()).isEqualTo(204);
    assertThat(platform.send("DELETE", path + "/web", null).text()).contains("IMAGING-0031");
    assertThat(hospital.as("RADIOLOGIST").get("api/pacs-nodes").status()).isEqualTo(403);
    assertThat(hospital.as("TECHNOLOGIST").get("api/pacs-nodes").status()).isEqualTo(200);
  }

  @Test
  void aNodeThatCannotBeAskedIsRefusedWithTheField() {
    assertThat(set(Map.of("kind", "dimse", "aeTitle", "A", "capabilities", List.of())))
        .contains("IMAGING-0032", "host");
    assertThat(set(web("file:///etc/passwd"))).contains("IMAGING-0032", "url");
    assertThat(
            set(
                Map.of(
                    "kind", "dimse",
                    "aeTitle", "BACK\\SLASH",
                    "host", "h",
                    "port", 104,
                    "capabilities", List.of())))
        .contains("IMAGING-0032", "aeTitle");
    assertThat(set(Map.of("kind", "gopher", "capabilities", List.of()))).contains("KERNEL-0003");
  }

  private static String set(Map<String, Object> node) {
    return admin().send("PUT", "api/pacs-nodes/wrong", node).text();
  }

  private static Map<String, Object> web(String url) {
    return Map.of("kind", "dicomweb", "url", url, "capabilities", List.of("query", "get"));
  }
}
