package org.vigil.analysis.domain;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names a finding the same way each time it is written: from the analysis and the label, so that a
 * repeated delivery is the same finding and not a new one.
 */
public final class TrackingUid {
  private TrackingUid() {}

  /** The finding's row id: a name-based UUID (RFC 9562 §5.3). */
  public static UUID findingId(UUID analysis, String label) {
    return UUID.nameUUIDFromBytes((analysis + "/" + label).getBytes(StandardCharsets.UTF_8));
  }

  /** The finding's (0062,0021) Tracking UID: its row id below 2.25 (PS3.5 §B.2). */
  public static String of(UUID analysis, String label) {
    UUID id = findingId(analysis, label);
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return "2.25." + new BigInteger(1, bytes);
  }
}
