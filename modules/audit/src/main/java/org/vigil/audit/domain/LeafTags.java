package org.vigil.audit.domain;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Eight keyed bytes (HMAC-SHA256) beside each entry of a seal: four over the entry, four over it
 * and the one before. The signature proves that a batch is whole; the tags tell, when it is not,
 * which entry somebody rewrote, took out or moved, even somebody who rewrote the seal as well.
 */
final class LeafTags {
  static final int LENGTH = 8;
  private static final int HALF = LENGTH / 2;

  private final SealingKey key;
  private final byte[] place;

  LeafTags(SealingKey key, String trail, long seq) {
    this.key = key;
    this.place = new Sha256("vigil-audit-tag").text(trail).number(seq).toBytes();
  }

  byte[] of(List<Leaf> leaves) {
    byte[] tags = new byte[leaves.size() * LENGTH];
    byte[] before = place;
    for (int i = 0; i < leaves.size(); i++) {
      byte[] content = leaves.get(i).content();
      System.arraycopy(mac(place, content), 0, tags, i * LENGTH, HALF);
      System.arraycopy(mac(before, content), 0, tags, i * LENGTH + HALF, HALF);
      before = content;
    }
    return tags;
  }

  /** What the tags say of each entry of a batch. */
  List<Verdict> verdicts(List<Leaf> leaves, byte[] tags) {
    byte[] expected = of(leaves);
    List<Verdict> verdicts = new ArrayList<>(leaves.size());
    for (int i = 0; i < leaves.size(); i++) {
      int from = i * LENGTH;
      int middle = from + HALF;
      int to = from + LENGTH;
      if (!Arrays.equals(expected, from, middle, tags, from, middle)) {
        verdicts.add(Verdict.REWRITTEN);
      } else {
        verdicts.add(
            Arrays.equals(expected, middle, to, tags, middle, to)
                ? Verdict.GENUINE
                : Verdict.NEIGHBOUR_MISSING);
      }
    }
    return verdicts;
  }

  private byte[] mac(byte[] context, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.tagKey(), "HmacSHA256"));
      mac.update(context);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /** What became of an entry. */
  enum Verdict {
    GENUINE,
    REWRITTEN,
    /** Itself genuine, but another stood before it. */
    NEIGHBOUR_MISSING
  }
}
