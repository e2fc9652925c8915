package org.vigil.imaging.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where an object lies in its tenant's store. UIDs are hashed: they come from outside, and a folder
 * with too many entries is slow. The content is part of the name: storing the same bytes again ends
 * in the same file, and other bytes under the same UID never touch it.
 */
public final class ObjectLocation {
  private ObjectLocation() {}

  /**
   * The relative path {@code ab/<study>/<series>/<instance>.<content>.dcm.enc}.
   *
   * @param sha256 of the bytes, lower-case hex
   */
  public static String of(ObjectHeader header, String sha256) {
    String study = hash(header.study().value());
    return study.substring(0, 2)
        + "/"
        + study
        + "/"
        + hash(header.series().value())
        + "/"
        + hash(header.instance().value())
        + "."
        + sha256.substring(0, 16)
        + ".dcm.enc";
  }

  /**
   * The place for other bytes of the same object.
   *
   * @param location where it lies now
   */
  public static String withContent(String location, String sha256) {
    int name = location.lastIndexOf('/') + 1;
    String instance = location.substring(name).replaceFirst("\\..*", "");
    return location.substring(0, name) + instance + "." + sha256.substring(0, 16) + ".dcm.enc";
  }

  private static String hash(String uid) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(uid.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
