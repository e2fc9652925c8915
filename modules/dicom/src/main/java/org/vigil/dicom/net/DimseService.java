package org.vigil.dicom.net;

import java.util.Set;
import org.vigil.dicom.data.TransferSyntax;

/**
 * Serves some SOP classes other than storage and verification: query, retrieve, worklist, storage
 * commitment, performed procedure steps. One association's requests come one after another on its
 * own thread; several associations call concurrently.
 */
public interface DimseService {

  /** UIDs of the SOP classes served. */
  Set<String> sopClasses();

  /** Whether requests may be encoded in a transfer syntax; any uncompressed one by default. */
  default boolean accepts(String transferSyntaxUid) {
    return TransferSyntax.isKnown(transferSyntaxUid)
        && TransferSyntax.of(transferSyntaxUid).isNative();
  }

  /**
   * Whether a requestor may be SCP of a SOP class: of storage where this service sends instances by
   * C-GET, of storage commitment where it receives reports.
   */
  default boolean grantsScpRole(String sopClassUid) {
    return false;
  }

  /**
   * Performs one request; pending responses are sent through it, the last one is returned. A {@link
   * org.vigil.dicom.data.DicomException} becomes status 0xC000 (unable to process), any other
   * exception 0x0110; the association goes on.
   */
  DimseReply perform(DimseRequest request) throws Exception;
}
