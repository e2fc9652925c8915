package org.vigil.phantom;

/** The patient's side. On a frontal film the patient's right lies on the image's left. */
public enum Side {
  /** The patient's right: the left half of the picture. */
  RIGHT(-1),
  /** The patient's left: the right half of the picture. */
  LEFT(1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** Sign of the horizontal picture coordinate measured from the patient's midline. */
  int sign() {
    return sign;
  }

  /** The other side. */
  public Side opposite() {
    return this == RIGHT ? LEFT : RIGHT;
  }
}
