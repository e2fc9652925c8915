package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.cli.demo.peer.Modality;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.tests.server.Database;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;
import org.vigil.web.dicomweb.DicomWebApplication;
import org.vigil.web.rest.ApiApplication;

/**
 * A hospital's people and peers put SQL into every text they can send and name another hospital
 * wherever one can be named. What they see stays their own, and the other's stays as it is.
 */
class WallsIT {
  private static TestHospital here;
  private static TestHospital there;
  private static Visit own;
  private static Visit foreign;
  private static List<String> payloads;

  @BeforeAll
  static void openTwoHospitals() {
    here = TestHospital.open();
    there = TestHospital.open();
    own = here.normal();
    foreign = there.critical();
    here.sendOrder(own);
    here.sendStudy(own);
    there.sendOrder(foreign);
    there.sendStudy(foreign);
    here.waitUntilAnalysed(own);
    there.waitUntilAnalysed(foreign);
    String other = schema(there);
    payloads =
        List.of(
            "'; set role " + other + "; --",
            "'); set role " + other + "; select set_config('role', '" + other + "', false); --",
            "' union select set_config('role','" + other + "',false) --",
            "x' or '1'='1",
            "\\'; drop schema " + other + " cascade; --",
            "$$; reset role; select * from " + other + ".worklist_entry; $$");
  }

  @AfterAll
  static void closeThem() {
    if (here != null) {
      here.close();
    }
    if (there != null) {
      there.close();
    }
  }

  @Test
  void sqlInEveryTextOfEveryEndpointGetsNowhere() throws Exception {
    Map<String, String> wrong = new TreeMap<>();
    for (String role : List.of("RADIOLOGIST", "TENANT_ADMIN", "PRIVACY_OFFICER", "AUDITOR")) {
      Rest client = here.as(role);
      for (Endpoint endpoint : endpoints()) {
        for (String payload : payloads) {
          for (Rest.Answer answer : attack(client, endpoint, payload)) {
            if (answer.status() >= 500 || tellsOfTheOther(answer)) {
              wrong.put(role + " " + endpoint + " " + payload, answer.toString());
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    theOtherIsAsItWas();
  }

  @Test
  void sqlInEveryFieldOfAnOrderIsText() throws Exception {
    for (String payload : payloads) {
      String harmless = payload.replace("|", " ").replace("^", " ").replace("\\", "");
      Visit visit = here.normal();
      String[] segments = visit.order(here.aeTitle()).split("\r", -1);
      for (int s = 1; s < segments.length - 1; s++) {
        String[] fields = segments[s].split("\\|", -1);
        for (int f = 1; f < fields.length; f++) {
          String[] changed = fields.clone();
          changed[f] = harmless;
          String[] message = segments.clone();
          message[s] = String.join("|", changed);
          message[0] =
              message[0].replaceFirst(
                  "\\|M[0-9a-f-]{18}\\|",
                  "|W" + java.util.UUID.randomUUID().toString().substring(0, 18) + "|");
          assertThat(here.sendMessage(String.join("\r", message)))
              .as(segments[s].substring(0, 3) + "-" + f)
              .containsPattern("MSA\\|A[AER]\\|")
              .doesNotContain("KERNEL-0001")
              .doesNotContain(foreign.patientId());
        }
      }
    }
    theOtherIsAsItWas();
  }

  @Test
  void sqlInTheAttributesOfAnImageIsText() throws Exception {
    letEverybodyCall();
    for (String payload : payloads) {
      String text = payload.replace("\\", "");
      Visit visit = here.normal();
      here.send(
          visit.images(
              dataset -> {
                dataset.setString(Tag.PatientName, VR.PN, cut(text, 60));
                dataset.setString(Tag.PatientID, VR.LO, cut(text, 64));
                dataset.setString(Tag.StudyDescription, VR.LO, cut(text, 64));
                dataset.setString(Tag.AccessionNumber, VR.SH, cut(text, 16));
                dataset.setString(Tag.SeriesDescription, VR.LO, cut(text, 64));
              }));
    }
    for (String title : List.of("x'; set role", "' or '1'='1", "';reset role;--")) {
      RemoteAe forged =
          RemoteAe.of("127.0.0.1", here.server().port(Port.DICOM), here.aeTitle(), title);
      new Modality(forged).send(here.normal().images());
    }
    theOtherIsAsItWas();
  }

  /** The attacks on every endpoint may have left an AE title on the list of callers. */
  private static void letEverybodyCall() {
    Rest administrator = here.as("PACS_ADMIN");
    for (JsonNode caller : administrator.get("api/allowed-callers").ok().path("callers")) {
      String title =
          URLEncoder.encode(caller.path("aeTitle").asText(), StandardCharsets.UTF_8)
              .replace("+", "%20");
      administrator.send("DELETE", "api/allowed-callers/" + title, null);
    }
    assertThat(administrator.get("api/allowed-callers").ok().path("callers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DX", "CT"})
  void aTokenOfOneHospitalNamesNoOtherAnywhere(String modality) {
    Rest radiologist = here.as("RADIOLOGIST");
    for (String path :
        List.of(
            "api/worklist",
            "api/worklist/events",
            "api/alerts",
            "api/ai-features",
            "dicomweb/studies",
            "api/image-analysis?modality=" + modality)) {
      Rest.Answer answer = radiologist.with("X-Tenant-ID", there.id()).get(path);
      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.json().get("code").asText()).as(path).isEqualTo("TENANCY-0003");
    }
    String analysis = there.line(foreign).orElseThrow().at("/analysisIds/0").asText();
    for (String path :
        List.of(
            "api/studies/" + foreign.study(),
            "api/image-analysis/" + analysis,
            "api/image-analysis/" + analysis + "/heat-map",
            "dicomweb/studies/" + foreign.study(),
            "dicomweb/studies/" + foreign.study() + "/metadata")) {
      assertThat(radiologist.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(
            radiologist
                .post("api/image-analysis", Map.of("studyInstanceUid", foreign.study()))
                .status())
        .isEqualTo(404);
  }

  @Test
  void aPathLeadsToNoFile() {
    Rest radiologist = here.as("RADIOLOGIST");
    for (String path :
        List.of(
            "dicomweb/studies/..%2f..%2f" + there.id(),
            "dicomweb/studies/%2e%2e/" + there.id() + "/metadata",
            "api/studies/..%2f..%2fsecrets%2fserver.properties",
            "assets/..%2f..%2f..%2fsecrets%2fjwt-private.pem",
            "..%2f..%2fconfig%2fvigil.properties")) {
      Rest.Answer answer = radiologist.get(path);
      assertThat(answer.status()).as(path).isBetween(400, 404);
      assertThat(answer.text()).as(path).doesNotContain("PRIVATE KEY", "vigil.db.");
    }
  }

  @Test
  void aFacilityAndAnAeTitleAreTheHospitals() {
    // An order addressed to the other hospital is the other's, whatever else it says.
    Visit visit = here.normal();
    String answer = here.sendMessage(visit.order(here.aeTitle() + "'; set role x"));
    assertThat(answer).contains("MSA|AR|", "TENANCY-0005");
    assertThatThrownBy(
            () ->
                new Modality(
                        RemoteAe.of(
                            "127.0.0.1",
                            here.server().port(Port.DICOM),
                            here.aeTitle().toLowerCase(java.util.Locale.ROOT),
                            "DXROOM1"))
                    .send(visit.images()))
        .isNotNull();
  }

  @Test
  void theLoginTakesNoOtherRoleAndSetsNone() throws Exception {
    try (Database database = Database.asApplication(here.server())) {
      for (String role : List.of("vigil_owner", "postgres", "pg_read_all_data")) {
        assertRefused(database, "set role " + role);
      }
      assertRefused(database, "select set_config('role', '" + schema(there) + "', false)");
      assertRefused(database, "select * from " + schema(there) + ".worklist_entry");
      assertRefused(database, "create role intruder");
      database.run("set role " + schema(here));
      assertRefused(database, "select * from " + schema(there) + ".worklist_entry");
      assertRefused(database, "select * from platform.user_account");
      assertRefused(database, "update audit_event set action = 'NOTHING'");
      assertRefused(database, "drop table worklist_entry");
    }
  }

  private static void assertRefused(Database database, String sql) {
    assertThatThrownBy(() -> database.run(sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("42501");
  }

  private static void theOtherIsAsItWas() throws Exception {
    assertThat(there.worklist()).hasSize(1);
    JsonNode line = there.line(foreign).orElseThrow();
    assertThat(line.get("severity").asText()).isEqualTo("critical");
    assertThat(there.as("RADIOLOGIST").get("api/alerts").ok().get("alerts")).hasSize(1);
    try (Database database = Database.asOwner(here.server())) {
      assertThat(
              database.column(
                  "select 1 from pg_roles where rolname in ('intruder', '" + schema(there) + "')"))
          .hasSize(1);
    }
    assertThat(here.worklist().toString()).doesNotContain(foreign.study());
  }

  private static boolean tellsOfTheOther(Rest.Answer answer) {
    return answer.text().contains(foreign.study())
        || answer.text().contains(foreign.patientId())
        || answer.text().contains("PSQLException");
  }

  // Every text an endpoint takes, found in the resource classes.

  private record Endpoint(String verb, String path, List<String> queries, List<Class<?>> bodies) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  private static List<Rest.Answer> attack(Rest client, Endpoint endpoint, String payload) {
    String encoded = URLEncoder.encode(payload, StandardCharsets.UTF_8).replace("+", "%20");
    List<Rest.Answer> answers = new ArrayList<>();
    String plain = endpoint.path().replaceAll("\\{[^}]+}", "1.2.3");
    answers.add(
        client.send(
            endpoint.verb(), endpoint.path().replaceAll("\\{[^}]+}", encoded), body(endpoint, "")));
    for (String query : endpoint.queries()) {
      answers.add(client.send(endpoint.verb(), plain + "?" + query + "=" + encoded, null));
    }
    if (!endpoint.bodies().isEmpty()) {
      answers.add(client.send(endpoint.verb(), plain, body(endpoint, payload)));
    }
    return answers;
  }

  private static Object body(Endpoint endpoint, String text) {
    if (endpoint.bodies().isEmpty()) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent field : endpoint.bodies().get(0).getRecordComponents()) {
      if (field.getType() == String.class) {
        fields.put(field.getName(), text);
      } else if (field.getType() == Boolean.class || field.getType() == boolean.class) {
        fields.put(field.getName(), true);
      }
    }
    return fields;
  }

  private static List<Endpoint> endpoints() {
    List<Endpoint> found = new ArrayList<>();
    Stream.concat(
            new ApiApplication().getClasses().stream(),
            new DicomWebApplication().getClasses().stream())
        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
        .forEach(
            type -> {
              String prefix = type.getPackageName().endsWith("rest") ? "api/" : "dicomweb/";
              for (Method method : type.getDeclaredMethods()) {
                verb(method)
                    // Streams do not end, and a log-out would end the session of the test.
                    .filter(v -> !method.getName().equals("events"))
                    .filter(v -> !method.getName().equals("logout"))
                    .forEach(
                        v ->
                            found.add(
                                new Endpoint(
                                    v,
                                    prefix + path(type) + path(method),
                                    queries(method),
                                    bodies(method))));
              }
            });
    // QIDO-RS takes any attribute.
    found.add(
        new Endpoint(
            "GET",
            "dicomweb/studies",
            List.of("PatientID", "PatientName", "AccessionNumber", "StudyInstanceUID", "limit"),
            List.of()));
    return found;
  }

  private static Stream<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(a -> a.annotationType().getAnnotation(jakarta.ws.rs.HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(jakarta.ws.rs.HttpMethod::value);
  }

  private static String path(java.lang.reflect.AnnotatedElement element) {
    jakarta.ws.rs.Path path = element.getAnnotation(jakarta.ws.rs.Path.class);
    if (path == null) {
      return "";
    }
    String value = path.value();
    return element instanceof Class<?> && value.startsWith("/")
        ? value.substring(1)
        : value.startsWith("/") || element instanceof Class<?> ? value : "/" + value;
  }

  private static List<String> queries(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(p -> p.isAnnotationPresent(QueryParam.class))
        .map(p -> p.getAnnotation(QueryParam.class).value())
        .toList();
  }

  private static List<Class<?>> bodies(Method method) {
    List<Class<?>> records = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      if (parameter.getType().isRecord() && !parameter.isAnnotationPresent(PathParam.class)) {
        records.add(parameter.getType());
      }
    }
    return records;
  }

  private static String schema(TestHospital hospital) {
    return "t_" + hospital.id().replace('-', '_');
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
