package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Database;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;

/** Eight hospitals are a version behind, and one of them cannot be migrated. */
class SchemaMigrationsIT {
  private static final int HOSPITALS = 8;
  private static final String BROKEN = "m-3";
  private static final String LAST = "20261123.302";

  private static VigilServer server;

  @BeforeAll
  static void makeTheHospitals() {
    server = new VigilServer("migrations", Map.of());
    server.start();
    for (int i = 0; i < HOSPITALS; i++) {
      platform()
          .post(
              "api/platform/tenants",
              Map.of(
                  "id", "m-" + i,
                  "name", "Migrated " + i,
                  "timeZone", "UTC",
                  "aeTitle", "M" + i,
                  "receivingFacility", "M" + i))
          .ok();
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theOthersAreMigratedTheBrokenOneIsClosedAndARerunRepairsIt() throws Exception {
    server.kill();
    try (Database database = Database.asOwner(server)) {
      for (int i = 0; i < HOSPITALS; i++) {
        // As the version before the last migration left it.
        database.run("drop table t_m_" + i + ".consent");
        database.run(
            "delete from t_m_" + i + ".flyway_schema_history where version = '" + LAST + "'");
      }
      database.run("update platform.tenant set schema_state = 'an older version'");
      database.run("create table t_m_3.consent (in_the_way integer)");
    }
    server.start();

    List<JsonNode> tenants =
        TestHospital.list(platform().get("api/platform/tenants").ok().get("tenants"));
    assertThat(tenants).hasSize(HOSPITALS);
    for (JsonNode tenant : tenants) {
      boolean broken = tenant.get("id").asText().equals(BROKEN);
      assertThat(tenant.get("state").asText())
          .as(tenant.toString())
          .isEqualTo(broken ? "migration_failed" : "active");
    }
    assertThat(status().get("explanation").asText()).contains("consent");
    Rest.Answer closed = server.as(BROKEN, "RADIOLOGIST").get("api/worklist");
    assertThat(closed.status()).isEqualTo(503);
    assertThat(closed.json().get("code").asText()).isEqualTo("TENANCY-0014");
    assertThat(server.as("m-4", "RADIOLOGIST").get("api/worklist").status()).isEqualTo(200);

    Rest.Answer still = platform().post("api/platform/tenants/" + BROKEN + "/migrate", null);
    assertThat(still.status()).isEqualTo(503);
    try (Database database = Database.asOwner(server)) {
      database.run("drop table t_m_3.consent");
    }
    platform().post("api/platform/tenants/" + BROKEN + "/migrate", null).ok();
    assertThat(status().get("state").asText()).isEqualTo("active");
    assertThat(server.as(BROKEN, "RADIOLOGIST").get("api/worklist").status()).isEqualTo(200);
  }

  private static JsonNode status() {
    return platform().get("api/platform/tenants/" + BROKEN).ok();
  }

  /** With a fresh token each time: they live for minutes. */
  private static Rest platform() {
    return server.as(null, "PLATFORM_ADMIN");
  }
}
