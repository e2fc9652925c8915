package org.vigil.dicom.net;

/** The operations of DIMSE (PS3.7 annex E.1), by the Command Field of their requests. */
public enum DimseOperation {
  C_STORE(0x0001),
  C_GET(0x0010),
  C_FIND(0x0020),
  C_MOVE(0x0021),
  C_ECHO(0x0030),
  N_EVENT_REPORT(0x0100),
  N_GET(0x0110),
  N_SET(0x0120),
  N_ACTION(0x0130),
  N_CREATE(0x0140),
  N_DELETE(0x0150);

  private final int field;

  DimseOperation(int field) {
    this.field = field;
  }

  int field() {
    return field;
  }

  /** Whether requests name a Requested, not an Affected SOP Class and Instance. */
  boolean isOnRequested() {
    return this == N_GET || this == N_SET || this == N_ACTION || this == N_DELETE;
  }

  /** The operation of a Command Field, or null. */
  static DimseOperation of(int field) {
    for (DimseOperation operation : values()) {
      if (operation.field == field) {
        return operation;
      }
    }
    return null;
  }
}
