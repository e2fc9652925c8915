package org.vigil.dicom.net;

import org.vigil.dicom.data.Attributes;

/**
 * The last response to a request.
 *
 * @param status how it ended
 * @param dataset what goes with it (attributes of an N-GET, failed instances of a C-MOVE), or null
 * @param subOperations of a C-GET or C-MOVE, or null
 * @param sopInstanceUid of an instance that an N-CREATE without UID made, or null
 */
public record DimseReply(
    DimseStatus status, Attributes dataset, SubOperations subOperations, String sopInstanceUid) {

  /** Done. */
  public static DimseReply success() {
    return of(DimseStatus.SUCCESS);
  }

  /** Done, or not, with nothing to add. */
  public static DimseReply of(DimseStatus status) {
    return new DimseReply(status, null, null, null);
  }

  /** With a data set. */
  public static DimseReply of(DimseStatus status, Attributes dataset) {
    return new DimseReply(status, dataset, null, null);
  }

  /** Of a retrieval. */
  public static DimseReply of(
      DimseStatus status, SubOperations subOperations, Attributes failedInstances) {
    return new DimseReply(status, failedInstances, subOperations, null);
  }
}
