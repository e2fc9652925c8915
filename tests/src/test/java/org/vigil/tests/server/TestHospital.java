package org.vigil.tests.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.vigil.cli.client.MllpClient;
import org.vigil.cli.demo.peer.Chart;
import org.vigil.cli.demo.peer.Ehr;
import org.vigil.cli.demo.peer.Modality;
import org.vigil.cli.demo.peer.Pacs;
import org.vigil.cli.demo.peer.Ris;
import org.vigil.cli.server.Port;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;

/**
 * A hospital of one test class, with people and systems of its own: nothing another class does can
 * be seen here.
 */
public final class TestHospital implements AutoCloseable {
  /** Who can log in: the user name is the role in lower case, {@code radiologist}. */
  public static final List<String> ROLES =
      List.of(
          "RADIOLOGIST",
          "REFERRING_CLINICIAN",
          "TECHNOLOGIST",
          "TENANT_ADMIN",
          "PRIVACY_OFFICER",
          "AUDITOR",
          "COMPLIANCE_OFFICER");

  /** Password of every account of every test hospital. */
  public static final String PASSWORD = "Test-passphrase-217";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int HL7_TIMEOUT_MILLIS = 60_000;

  private final VigilServer server;
  private final String id;
  private final String aeTitle;
  private final int pacsPort;
  private final int risPort;
  private final Path archive;
  private final Ehr ehr;
  private Pacs pacs;
  private Ris ris;

  private TestHospital(VigilServer server) {
    int number = NUMBER.incrementAndGet();
    this.server = server;
    this.id = "hospital-" + number;
    this.aeTitle = "HOSPITAL" + number;
    this.archive = server.home().root().resolve("pacs-" + id);
    List<Integer> ports = VigilServer.freePorts(2);
    this.pacsPort = ports.get(0);
    this.risPort = ports.get(1);
    this.ehr = new Ehr(0, List.of(id));
  }

  /** A new hospital in the run's server, its PACS and RIS listening. */
  public static TestHospital open() {
    return open(VigilServer.shared());
  }

  /** A new hospital in a server, its PACS and RIS listening. */
  public static TestHospital open(VigilServer server) {
    TestHospital hospital = new TestHospital(server);
    hospital.startPacs();
    hospital.startRis();
    hospital.create();
    return hospital;
  }

  private void create() {
    List<Map<String, Object>> users =
        ROLES.stream()
            .map(
                role ->
                    Map.<String, Object>of(
                        "username",
                        role.toLowerCase(java.util.Locale.ROOT),
                        "displayName",
                        "Test " + role,
                        "password",
                        PASSWORD,
                        "roles",
                        List.of(role)))
            .toList();
    server
        .as(null, "PLATFORM_ADMIN")
        .post(
            "api/platform/tenants",
            Map.of(
                "id", id,
                "name", "Hospital of a test",
                "timeZone", "UTC",
                "aeTitle", aeTitle,
                "receivingFacility", aeTitle,
                "users", users,
                "destinations",
                    List.of(
                        Map.of(
                            "kind", "DICOM",
                            "host", "127.0.0.1",
                            "port", pacsPort,
                            "aeTitle", "PACS"),
                        Map.of(
                            "kind",
                            "HL7",
                            "host",
                            "127.0.0.1",
                            "port",
                            risPort,
                            "facility",
                            aeTitle),
                        Map.of("kind", "FHIR", "port", 0, "url", ehr.baseUrl(id)))))
        .ok();
  }

  /** The server it is a tenant of. */
  public VigilServer server() {
    return server;
  }

  /** The tenant's id. */
  public String id() {
    return id;
  }

  /** AE title by which images are sent to it, and its receiving facility (MSH-6). */
  public String aeTitle() {
    return aeTitle;
  }

  /** A client of REST with a role. */
  public Rest as(String role) {
    return server.as(id, role);
  }

  /** Its archive; null while it is down. */
  public Pacs pacs() {
    return pacs;
  }

  /** Its RIS as receiver of results; null while it is down. */
  public Ris ris() {
    return ris;
  }

  /** What its EHR holds. */
  public Chart chart() {
    return ehr.chart(id);
  }

  /** Lets the archive listen. */
  public void startPacs() {
    try {
      pacs = new Pacs(pacsPort, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the archive refuse connections; what it has is forgotten. */
  public void stopPacs() {
    pacs.close();
    pacs = null;
  }

  private void startRis() {
    try {
      ris = new Ris("127.0.0.1", server.port(Port.MLLP), risPort);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An invented patient whose chest film is normal. */
  public Visit normal() {
    return Visit.normal(id);
  }

  /** An invented patient with a pneumothorax. */
  public Visit critical() {
    return Visit.critical(id);
  }

  /** Sends a visit's order, which must be accepted. */
  public void sendOrder(Visit visit) {
    String answer = sendMessage(visit.order(aeTitle));
    if (!Ris.acknowledgementCode(answer).equals("AA")) {
      throw new AssertionError("the order was answered " + answer.replace('\r', '\n'));
    }
  }

  /** Sends any text over MLLP and gives back the answer. */
  public String sendMessage(String message) {
    try (MllpClient client =
        new MllpClient("127.0.0.1", server.port(Port.MLLP), HL7_TIMEOUT_MILLIS)) {
      return new String(
          client.send(message.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a visit's film, which must be stored. */
  public void sendStudy(Visit visit) {
    for (StoreResult result : send(visit.images())) {
      if (!result.isStored()) {
        throw new AssertionError("the image was answered " + result.status());
      }
    }
  }

  /** Sends images over one association. */
  public List<StoreResult> send(List<StoreItem> images) {
    try {
      return new Modality(dicom()).send(images);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Vigil as this hospital's modalities know it. */
  public RemoteAe dicom() {
    return RemoteAe.of("127.0.0.1", server.port(Port.DICOM), aeTitle, "DXROOM1");
  }

  /** The reading list, read studies included, in reading order. */
  public List<JsonNode> worklist() {
    return list(as("RADIOLOGIST").get("api/worklist?includeRead=true").ok().get("entries"));
  }

  /** A study's line in the reading list. */
  public Optional<JsonNode> line(Visit visit) {
    return worklist().stream()
        .filter(line -> line.get("studyInstanceUid").asText().equals(visit.study()))
        .findFirst();
  }

  /** The night in figures. */
  public JsonNode summary() {
    return as("SERVICE").get("api/night-summary").ok();
  }

  /** The whole audit trail, newest first. */
  public List<JsonNode> audit() {
    return searchAudit("");
  }

  private List<JsonNode> searchAudit(String criteria) {
    Rest auditor = as("AUDITOR");
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page = auditor.get("api/audit?limit=500" + criteria + after).ok();
      all.addAll(list(page.get("events")));
      if (page.path("next").isNull()) {
        return all;
      }
      after = "&after=" + page.get("next").asText();
    }
  }

  /** The events of one action. */
  public List<JsonNode> audit(String action) {
    return searchAudit("&action=" + action);
  }

  /** Waits until the AI has done with a study, however it ended, and gives back its line. */
  public JsonNode waitUntilAnalysed(Visit visit) {
    return Patience.until(
            "the AI to be done with the study",
            () -> line(visit),
            line ->
                line.isPresent()
                    && !List.of("pending", "processing").contains(text(line.get(), "aiStatus")))
        .get();
  }

  /** Waits until a study's line has a value, and gives it back. */
  public JsonNode waitUntilLine(Visit visit, String field, String value) {
    return Patience.until(
            field + " to be " + value,
            () -> line(visit),
            line -> line.isPresent() && text(line.get(), field).equals(value))
        .get();
  }

  /** Waits until nothing is on its way to any peer any more. */
  public void waitUntilDelivered() {
    Patience.until(
        "all results to be delivered", () -> onTheirWay(summary()), waiting -> waiting == 0);
  }

  private static long onTheirWay(JsonNode summary) {
    long waiting = summary.get("pending").asLong();
    for (JsonNode byStatus : summary.get("deliveries")) {
      waiting += byStatus.path("pending").asLong() + byStatus.path("retrying").asLong();
    }
    return waiting;
  }

  /** The elements of an array. */
  public static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** A field as text; empty where it is null. */
  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : value.asText();
  }

  @Override
  public void close() {
    if (ris != null) {
      ris.close();
    }
    if (pacs != null) {
      pacs.close();
    }
    ehr.close();
  }
}
