package org.vigil.phantom;

/** The sex that decides build and breast shadows; its code is Patient's Sex (PS3.3 C.7.1.1). */
public enum Sex {
  FEMALE("F"),
  MALE("M");

  private final String code;

  Sex(String code) {
    this.code = code;
  }

  /** The code of Patient's Sex (0010,0040). */
  public String code() {
    return code;
  }
}
