package org.vigil.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;

/** One object much larger than the server's heap: in by C-STORE, out by WADO-RS. */
final class LargeObject {
  private final VigilHome home;
  private final Settings running;
  private final String tenant;
  private final String aeTitle;

  LargeObject(VigilHome home, Settings running, String tenant, String aeTitle) {
    this.home = home;
    this.running = running;
    this.tenant = tenant;
    this.aeTitle = aeTitle;
  }

  /**
   * Sends it, asks for all of it and for its last frame.
   *
   * @return seconds of each and the object's bytes
   */
  Map<String, Object> pass(int frames) throws IOException {
    MemoryObjects object = MemoryObjects.multiFrame(frames, "LARGE");
    StoreItem item = object.items().get(0);
    Map<String, Object> figures = new LinkedHashMap<>();
    long began = System.nanoTime();
    RemoteAe vigil = RemoteAe.of("127.0.0.1", running.port(Port.DICOM), aeTitle, "BENCH");
    for (var result : StorageScu.storeAll(vigil, List.of(item))) {
      if (!result.status().isSuccessOrWarning()) {
        throw new IOException("status " + result.status());
      }
    }
    figures.put("storeSeconds", seconds(began));
    String path = object.paths().get(0);
    began = System.nanoTime();
    long bytes = 0;
    byte[] chunk = new byte[1 << 16];
    try (InputStream body = get(path, "multipart/related; type=\"application/dicom\"")) {
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        bytes += n;
      }
    }
    byte[] frame = MemoryObjects.pixels(MemoryObjects.Kind.CT);
    if (bytes < (long) frames * frame.length) {
      throw new CommandFailure(ExitCode.FAILED, "only " + bytes + " bytes came back");
    }
    figures.put("bytes", bytes);
    figures.put("retrieveSeconds", seconds(began));
    began = System.nanoTime();
    byte[] last;
    try (InputStream body =
        get(
            path + "/frames/" + frames,
            "multipart/related; type=\"application/octet-stream\"")) {
      last = body.readAllBytes();
    }
    if (!contains(last, frame)) {
      throw new CommandFailure(ExitCode.FAILED, "the last frame is not the one that was sent");
    }
    figures.put("lastFrameSeconds", seconds(began));
    return figures;
  }

  private InputStream get(String path, String accept) throws IOException {
    String token =
        new TokenSigner(home, Clock.systemUTC())
            .sign("bench", tenant, List.of("RADIOLOGIST"), Duration.ofHours(1));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "https://localhost:" + running.port(Port.HTTPS) + "/dicomweb/" + path))
            .header("Accept", accept)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<InputStream> answer =
          HttpClient.newBuilder()
              .sslContext(ApiClient.trusting(home))
              .build()
              .send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new CommandFailure(ExitCode.FAILED, "status " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  /** Within the multipart body around it. */
  private static boolean contains(byte[] body, byte[] frame) {
    for (int at = 0; at + frame.length <= body.length; at++) {
      if (Arrays.equals(body, at, at + frame.length, frame, 0, frame.length)) {
        return true;
      }
    }
    return false;
  }

  private static double seconds(long began) {
    return Math.round((System.nanoTime() - began) / 1e7) / 100.0;
  }
}
