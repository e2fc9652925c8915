package org.vigil.kernel;

/**
 * A composite object (0008,0018).
 *
 * @param value a UID of at most 64 characters, digits and dots (PS3.5 §9.1)
 */
public record SopInstanceUid(String value) {
  public SopInstanceUid {
    Uid.check(value);
  }

  public static SopInstanceUid of(String value) {
    return new SopInstanceUid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
