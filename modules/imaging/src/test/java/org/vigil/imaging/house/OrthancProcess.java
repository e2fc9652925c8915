package org.vigil.imaging.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.PacsNode;
import org.vigil.tenancy.api.Destination;

/** Orthanc as an archive that knows the hospital's Vigil. */
final class OrthancProcess implements AutoCloseable {
  static final String AE_TITLE = "ORTHANC";
  private static final Path PLUGINS = Path.of("/usr/share/orthanc/plugins");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int dicomPort = freePort();
  private final int httpPort = freePort();
  private final Path folder;
  private final Map<String, String> users;
  private Process process;

  OrthancProcess(Path folder, int vigilPort) {
    this(folder, vigilPort, Map.of());
  }

  /**
   * @param users names with their passwords, without which nobody is let in; empty for everybody
   */
  OrthancProcess(Path folder, int vigilPort, Map<String, String> users) {
    this.folder = folder;
    this.users = users;
    Map<String, Object> vigil =
        Map.of("AET", Surroundings.AE_TITLE, "Host", "127.0.0.1", "Port", vigilPort);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("StorageDirectory", folder.resolve("store").toString());
    settings.put("IndexDirectory", folder.resolve("store").toString());
    settings.put("HttpPort", httpPort);
    settings.put("DicomPort", dicomPort);
    settings.put("DicomAet", AE_TITLE);
    settings.put("DicomCheckModalityHost", false);
    settings.put("RemoteAccessAllowed", false);
    settings.put("AuthenticationEnabled", !users.isEmpty());
    settings.put("RegisteredUsers", users);
    // It closes a connection after a second of silence, perhaps just as a test writes into it.
    settings.put("KeepAlive", false);
    if (hasDicomWeb()) {
      settings.put("Plugins", List.of(PLUGINS.toString()));
      settings.put("DicomWeb", Map.of("Enable", true));
    }
    settings.put("DicomModalities", Map.of("vigil", vigil));
    try {
      Files.createDirectories(folder);
      JSON.writeValue(folder.resolve("orthanc.json").toFile(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/sbin/Orthanc"))
        || Files.isExecutable(Path.of("/usr/local/bin/Orthanc"));
  }

  /** Whether its DICOMweb plugin is installed (Debian package orthanc-dicomweb). */
  static boolean hasDicomWeb() {
    return Files.exists(PLUGINS.resolve("libOrthancDicomWeb.so"));
  }

  /** Where results go by STOW-RS. */
  Destination webDestination() {
    return new Destination(
        null,
        Destination.Kind.DICOM,
        null,
        0,
        AE_TITLE,
        "http://127.0.0.1:" + httpPort + "/dicom-web/",
        null);
  }

  /** Its DICOMweb service. */
  PacsNode webNode() {
    return webNode("127.0.0.1");
  }

  /** The same by another name of this host. */
  PacsNode webNode(String host) {
    return new PacsNode(
        "archive",
        PacsNode.Kind.DICOMWEB,
        null,
        null,
        0,
        false,
        "http://" + host + ":" + httpPort + "/dicom-web",
        null,
        Set.of(PacsNode.Capability.QUERY, PacsNode.Capability.GET));
  }

  /** Starts it, or starts it again with what it had. */
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
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> get("/system").has("Version"));
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

  PacsNode node(PacsNode.Capability... capabilities) {
    return new PacsNode(
        "archive",
        PacsNode.Kind.DIMSE,
        AE_TITLE,
        "127.0.0.1",
        dicomPort,
        false,
        null,
        null,
        Set.of(capabilities));
  }

  void store(StoreItem... images) {
    try {
      StorageScu.storeAll(
              RemoteAe.of("127.0.0.1", dicomPort, AE_TITLE, "OLDMODALITY"), List.of(images))
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

  JsonNode get(String path) {
    return send(request(path).build());
  }

  JsonNode post(String path, Object body) {
    try {
      return send(
          request(path)
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path));
    users.entrySet().stream()
        .findFirst()
        .map(user -> HttpCredentials.basic(user.getKey(), user.getValue()))
        .ifPresent(user -> request.header("Authorization", "Basic " + user.value()));
    return request;
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

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
