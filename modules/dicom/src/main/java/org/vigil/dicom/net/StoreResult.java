package org.vigil.dicom.net;

/**
 * What became of one instance.
 *
 * @param sopInstanceUid which
 * @param status the peer's answer; {@link DimseStatus#SOP_CLASS_NOT_SUPPORTED} with {@code sent}
 *     false where the peer accepted no presentation context for it
 * @param sent whether it left this side at all
 */
public record StoreResult(String sopInstanceUid, DimseStatus status, boolean sent) {

  /** Whether the peer has it, perhaps with a warning. */
  public boolean isStored() {
    return sent && status.isSuccessOrWarning();
  }
}
