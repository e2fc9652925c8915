package org.vigil.dicom.net;

/**
 * Status of a DIMSE response (PS3.7 annex C, PS3.4 annex B.2.3).
 *
 * @param code 0x0000 to 0xFFFF
 * @param comment (0000,0902) Error Comment for the peer's log, without patient data; may be null;
 *     cut to 64 characters when sent
 */
public record DimseStatus(int code, String comment) {

  /** 0x0000. */
  public static final DimseStatus SUCCESS = new DimseStatus(0x0000, null);

  /** Refused: out of resources. */
  public static final int OUT_OF_RESOURCES = 0xA700;

  /** Error: data set does not match SOP class. */
  public static final int DATA_SET_DOES_NOT_MATCH_SOP_CLASS = 0xA900;

  /** Error: cannot understand. */
  public static final int CANNOT_UNDERSTAND = 0xC000;

  /** Pending: matches or sub-operations are continuing. */
  public static final int PENDING = 0xFF00;

  /** Pending, although some optional keys were not supported. */
  public static final int PENDING_WITH_WARNING = 0xFF01;

  /** Cancel: terminated at the requestor's wish. */
  public static final int CANCEL = 0xFE00;

  /** Refused: out of resources, unable to perform sub-operations. */
  public static final int UNABLE_TO_PERFORM_SUB_OPERATIONS = 0xA702;

  /** Refused: move destination unknown. */
  public static final int MOVE_DESTINATION_UNKNOWN = 0xA801;

  /** Warning: sub-operations complete, one or more failures. */
  public static final int SUB_OPERATIONS_WITH_FAILURES = 0xB000;

  /** No such SOP instance. */
  public static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;

  /** No such action type. */
  public static final int NO_SUCH_ACTION_TYPE = 0x0123;

  /** Duplicate SOP instance. */
  public static final int DUPLICATE_SOP_INSTANCE = 0x0111;

  /** Processing failure. */
  public static final int PROCESSING_FAILURE = 0x0110;

  /** Refused: SOP class not supported. */
  public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

  /** Refused: not authorized. */
  public static final int NOT_AUTHORIZED = 0x0124;

  /** Unrecognized operation. */
  public static final int UNRECOGNIZED_OPERATION = 0x0211;

  /** A status with a comment. */
  public static DimseStatus of(int code, String comment) {
    return new DimseStatus(code, comment);
  }

  /** Whether the operation succeeded, perhaps with a warning (0x0001, 0xBxxx, 0x0107, 0x0116). */
  public boolean isSuccessOrWarning() {
    return code == 0
        || code == 0x0001
        || code == 0x0107
        || code == 0x0116
        || (code & 0xF000) == 0xB000;
  }

  /** Whether more responses follow. */
  public boolean isPending() {
    return code == PENDING || code == PENDING_WITH_WARNING;
  }

  /** The code as four hexadecimal digits and {@code H}, as the standard writes it. */
  @Override
  public String toString() {
    return String.format("%04XH", code) + (comment == null ? "" : " (" + comment + ")");
  }
}
