package org.vigil.kernel;

/**
 * A study (0020,000D).
 *
 * @param value a UID of at most 64 characters, digits and dots (PS3.5 §9.1)
 */
public record StudyInstanceUid(String value) {
  public StudyInstanceUid {
    Uid.check(value);
  }

  public static StudyInstanceUid of(String value) {
    return new StudyInstanceUid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
