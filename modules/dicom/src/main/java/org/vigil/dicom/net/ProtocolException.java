package org.vigil.dicom.net;

import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/** The peer broke the protocol and gets an A-ABORT of the service provider (PS3.8 §9.3.8). */
final class ProtocolException extends DicomException {

  private static final long serialVersionUID = 1L;

  private final int abortReason;

  /**
   * A violation.
   *
   * @param abortReason 0 not specified, 1 unrecognized PDU, 2 unexpected PDU, 4 unrecognized PDU
   *     parameter, 5 unexpected PDU parameter, 6 invalid PDU parameter value
   */
  ProtocolException(String text, int abortReason) {
    super(DicomError.PROTOCOL_VIOLATION, text);
    this.abortReason = abortReason;
  }

  int abortReason() {
    return abortReason;
  }
}
