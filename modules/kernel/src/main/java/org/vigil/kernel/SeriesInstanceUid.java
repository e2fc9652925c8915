package org.vigil.kernel;

/**
 * A series (0020,000E).
 *
 * @param value a UID of at most 64 characters, digits and dots (PS3.5 §9.1)
 */
public record SeriesInstanceUid(String value) {
  public SeriesInstanceUid {
    Uid.check(value);
  }

  public static SeriesInstanceUid of(String value) {
    return new SeriesInstanceUid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
