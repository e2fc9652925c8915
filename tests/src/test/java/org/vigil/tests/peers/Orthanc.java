package org.vigil.tests.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vigil.cli.server.Port;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;

/** Orthanc as a hospital's archive: a process of its own, empty at its start. */
final class Orthanc implements AutoCloseable {
  static final String AE_TITLE = "ORTHANC";

  /** Where Debian's package orthanc-dicomweb puts its plugin. */
  static final Path PLUGINS = Path.of("/usr/share/orthanc/plugins");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int dicomPort;
  private final int httpPort;
  private Process process;

  private Orthanc(Path folder, int dicomPort, int httpPort) {
    this.folder = folder;
    this.dicomPort = dicomPort;
    this.httpPort = httpPort;
  }

  /** Starts one that knows a hospital's Vigil under its AE title. */
  static Orthanc start(TestHospital hospital, Path folder) {
    return start(hospital, folder, Map.of());
  }

  /**
   * Starts one.
   *
   * @param more settings of its configuration file, which win
   */
  static Orthanc start(TestHospital hospital, Path folder, Map<String, Object> more) {
    Program.ORTHANC.need();
    List<Integer> ports = VigilServer.freePorts(2);
    Orthanc orthanc = new Orthanc(folder, ports.get(0), ports.get(1));
    orthanc.configure(hospital, more);
    orthanc.start();
    return orthanc;
  }

  private void configure(TestHospital hospital, Map<String, Object> more) {
    Map<String, Object> vigil = new LinkedHashMap<>();
    vigil.put("AET", hospital.aeTitle());
    vigil.put("Host", "127.0.0.1");
    vigil.put("Port", hospital.server().port(Port.DICOM));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("Name", "PACS of a test");
    settings.put("StorageDirectory", folder.resolve("store").toString());
    settings.put("IndexDirectory", folder.resolve("store").toString());
    settings.put("HttpPort", httpPort);
    settings.put("DicomPort", dicomPort);
    settings.put("DicomAet", AE_TITLE);
    settings.put("DicomCheckCalledAet", true);
    settings.put("DicomCheckModalityHost", false);
    settings.put("RemoteAccessAllowed", false);
    settings.put("AuthenticationEnabled", false);
    // It closes a connection after a second of silence, perhaps just as a test writes into it.
    settings.put("KeepAlive", false);
    settings.put("DicomModalities", Map.of("vigil", vigil));
    settings.putAll(more);
    try {
      Files.createDirectories(folder);
      JSON.writeValue(folder.resolve("orthanc.json").toFile(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #stop}, with what it had. */
  void start() {
    try {
      process =
          new ProcessBuilder("Orthanc", folder.resolve("orthanc.json").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Patience.until("Orthanc to start", this::answers, answers -> answers);
  }

  private boolean answers() {
    try {
      get("/system");
      return true;
    } catch (UncheckedIOException e) {
      return false; // not listening yet
    }
  }

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int dicomPort() {
    return dicomPort;
  }

  /** Root of its DICOMweb service. */
  String webUrl() {
    return "http://127.0.0.1:" + httpPort + "/dicom-web";
  }

  /** As {@code PUT /api/pacs-nodes} takes it. */
  Map<String, Object> node(String... capabilities) {
    return Map.of(
        "kind",
        "dimse",
        "aeTitle",
        AE_TITLE,
        "host",
        "127.0.0.1",
        "port",
        dicomPort,
        "capabilities",
        List.of(capabilities));
  }

  /** Puts objects into it, as a modality of that hospital. */
  void store(List<StoreItem> images) {
    try {
      RemoteAe here = RemoteAe.of("127.0.0.1", dicomPort, AE_TITLE, "OLDMODALITY");
      StorageScu.storeAll(here, images)
          .forEach(
              result -> {
                if (!result.isStored()) {
                  throw new AssertionError("Orthanc answered " + result.status());
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource of its REST interface. */
  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** Whether its DICOMweb plugin is installed. */
  static boolean hasDicomWeb() {
    return Files.exists(PLUGINS.resolve("libOrthancDicomWeb.so"));
  }

  /** Sends JSON to its REST interface. */
  JsonNode post(String path, Object body) {
    try {
      return send(
          HttpRequest.newBuilder(uri(path))
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(request.uri() + " was answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
