package org.vigil.imaging.domain;

import java.util.Locale;

/**
 * How near an object lies. An object's location says its tier: in the hot one it begins with two
 * hexadecimal digits, elsewhere with the tier's name.
 */
public enum StorageTier {
  /** The tenant's own folder, where objects arrive. */
  HOT,
  /** What was not looked at for a while, compressed where that loses nothing. */
  WARM,
  /** What is kept rather than used. */
  COLD;

  /** In lower case, as settings and locations name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where an object lies in this tier that lies somewhere now. */
  public String place(String location) {
    String bare = bare(location);
    return this == HOT ? bare : key() + "/" + bare;
  }

  /** The tier that a location names. */
  public static StorageTier of(String location) {
    for (StorageTier tier : new StorageTier[] {WARM, COLD}) {
      if (location.startsWith(tier.key() + "/")) {
        return tier;
      }
    }
    return HOT;
  }

  /** A location inside its tier. */
  public static String bare(String location) {
    StorageTier tier = of(location);
    return tier == HOT ? location : location.substring(tier.key().length() + 1);
  }
}
