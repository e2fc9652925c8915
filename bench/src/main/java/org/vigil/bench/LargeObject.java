package org.vigil.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;

/** One object much larger than the server's heap: in by C-STORE, out by WADO-RS. */
final class LargeObject {
  private final ApiClient client;
  private final RemoteAe vigil;

  /**
   * @param client of somebody who may see the hospital's images
   */
  LargeObject(ApiClient client, RemoteAe vigil) {
    this.client = client;
    this.vigil = vigil;
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
        get(path + "/frames/" + frames, "multipart/related; type=\"application/octet-stream\"")) {
      last = body.readAllBytes();
    }
    if (!contains(last, frame)) {
      throw new CommandFailure(ExitCode.FAILED, "the last frame is not the one that was sent");
    }
    figures.put("lastFrameSeconds", seconds(began));
    return figures;
  }

  private InputStream get(String path, String accept) {
    return client.open("../dicomweb/" + path, accept);
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
