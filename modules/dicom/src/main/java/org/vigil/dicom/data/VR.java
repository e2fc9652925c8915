package org.vigil.dicom.data;

/**
 * Value representations (PS3.5 §6.2): how the value of a data element is encoded.
 *
 * <p>Binary values are kept in little-endian order inside {@link Attributes}; {@link #swap} turns
 * them round where a big-endian transfer syntax is read or written.
 */
public enum VR {
  AE(Kind.ASCII, ' ', 1, false),
  AS(Kind.ASCII, ' ', 1, false),
  AT(Kind.BINARY, 0, 2, false),
  CS(Kind.ASCII, ' ', 1, false),
  DA(Kind.ASCII, ' ', 1, false),
  DS(Kind.ASCII, ' ', 1, false),
  DT(Kind.ASCII, ' ', 1, false),
  FD(Kind.BINARY, 0, 8, false),
  FL(Kind.BINARY, 0, 4, false),
  IS(Kind.ASCII, ' ', 1, false),
  LO(Kind.TEXT, ' ', 1, false),
  LT(Kind.TEXT, ' ', 1, false),
  OB(Kind.BINARY, 0, 1, true),
  OD(Kind.BINARY, 0, 8, true),
  OF(Kind.BINARY, 0, 4, true),
  OL(Kind.BINARY, 0, 4, true),
  OV(Kind.BINARY, 0, 8, true),
  OW(Kind.BINARY, 0, 2, true),
  PN(Kind.TEXT, ' ', 1, false),
  SH(Kind.TEXT, ' ', 1, false),
  SL(Kind.BINARY, 0, 4, false),
  SQ(Kind.SEQUENCE, 0, 1, true),
  SS(Kind.BINARY, 0, 2, false),
  ST(Kind.TEXT, ' ', 1, false),
  SV(Kind.BINARY, 0, 8, true),
  TM(Kind.ASCII, ' ', 1, false),
  UC(Kind.TEXT, ' ', 1, true),
  UI(Kind.ASCII, 0, 1, false),
  UL(Kind.BINARY, 0, 4, false),
  UN(Kind.BINARY, 0, 1, true),
  UR(Kind.ASCII, ' ', 1, true),
  US(Kind.BINARY, 0, 2, false),
  UT(Kind.TEXT, ' ', 1, true),
  UV(Kind.BINARY, 0, 8, true);

  private enum Kind {
    /** Characters of the default repertoire only. */
    ASCII,
    /** Characters of (0008,0005) Specific Character Set, PS3.5 §6.1.2.2. */
    TEXT,
    BINARY,
    SEQUENCE
  }

  private static final VR[] BY_CODE = new VR[26 * 26];

  static {
    for (VR vr : values()) {
      BY_CODE[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
    }
  }

  private final Kind kind;
  private final byte padding;
  private final int unit;
  private final boolean longLength;

  VR(Kind kind, int padding, int unit, boolean longLength) {
    this.kind = kind;
    this.padding = (byte) padding;
    this.unit = unit;
    this.longLength = longLength;
  }

  /**
   * The VR named by two bytes of an explicit-VR element, the first in the upper 8 bits.
   *
   * @return the VR, or null when the bytes name none
   */
  public static VR ofCode(int code) {
    int high = (code >>> 8) - 'A';
    int low = (code & 0xFF) - 'A';
    return high < 0 || high > 25 || low < 0 || low > 25 ? null : BY_CODE[high * 26 + low];
  }

  /** The two ASCII letters of the VR, the first in the upper 8 bits. */
  public int code() {
    return name().charAt(0) << 8 | name().charAt(1);
  }

  /** The byte that pads a value to even length (PS3.5 §6.2): space, or NUL for UI and binary. */
  public byte padding() {
    return padding;
  }

  /** Size in bytes of one number of this VR, 1 for strings, OB and UN. */
  public int unit() {
    return unit;
  }

  /** Whether the explicit-VR header has a 4-byte length after 2 reserved bytes (PS3.5 §7.1.2). */
  public boolean hasLongLength() {
    return longLength;
  }

  /** Whether values are character strings. */
  public boolean isString() {
    return kind == Kind.ASCII || kind == Kind.TEXT;
  }

  /** Whether values are encoded in the data set's specific character set. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether values are numbers or bytes in binary form. */
  public boolean isBinary() {
    return kind == Kind.BINARY;
  }

  /** Whether the backslash separates values; it is ordinary text in ST, LT, UT and UR. */
  public boolean isMultiValued() {
    return isString() && this != ST && this != LT && this != UT && this != UR;
  }

  /** Whether leading spaces are part of the value (PS3.5 §6.2: ST, LT, UT, UC). */
  public boolean keepsLeadingSpaces() {
    return this == ST || this == LT || this == UT || this == UC;
  }

  /**
   * Reverses the byte order of every number in place; bytes beyond the last whole number stay.
   *
   * @param bytes values of this VR in either byte order
   */
  public void swap(byte[] bytes) {
    if (unit == 1) {
      return;
    }
    for (int start = 0; start + unit <= bytes.length; start += unit) {
      for (int i = start, j = start + unit - 1; i < j; i++, j--) {
        byte b = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = b;
      }
    }
  }
}
