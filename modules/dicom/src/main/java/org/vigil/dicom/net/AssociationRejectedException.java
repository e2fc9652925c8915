package org.vigil.dicom.net;

import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/** The peer answered with A-ASSOCIATE-RJ (PS3.8 §9.3.4). */
public final class AssociationRejectedException extends DicomException {

  private static final long serialVersionUID = 1L;

  private final int result;
  private final int source;
  private final int reason;

  AssociationRejectedException(int result, int source, int reason) {
    super(
        DicomError.ASSOCIATION_REJECTED,
        "The peer rejected the association: " + RejectReason.describe(result, source, reason));
    this.result = result;
    this.source = source;
    this.reason = reason;
  }

  /** 1 rejected permanently, 2 rejected for now. */
  public int result() {
    return result;
  }

  /** 1 service user, 2 service provider (ACSE), 3 service provider (presentation). */
  public int source() {
    return source;
  }

  /** The reason, whose meaning depends on the source. */
  public int reason() {
    return reason;
  }

  /** Whether trying again later makes sense. */
  public boolean isTransient() {
    return result == 2;
  }
}
