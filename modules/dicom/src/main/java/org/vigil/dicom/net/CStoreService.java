package org.vigil.dicom.net;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/** Answers C-STORE requests, of a server's associations and of C-GET's sub-operations. */
final class CStoreService {
  private static final Logger LOG = LoggerFactory.getLogger(CStoreService.class);

  private CStoreService() {}

  static void answer(Association association, Association.Message message, CStoreHandler handler)
      throws IOException {
    DimseStatus status;
    try {
      status = perform(association, message, handler);
    } catch (Exception e) {
      status = statusOf(association, message, e);
    }
    if (message.hasData()) {
      message.data().drain();
    }
    association.send(message.context().id(), CommandSet.response(message.command(), status), null);
  }

  private static DimseStatus perform(
      Association association, Association.Message message, CStoreHandler handler)
      throws Exception {
    CStoreRequest request =
        new CStoreRequest(association, message.command(), message.context(), message.data());
    if (handler == null || !message.context().abstractSyntax().equals(request.sopClassUid())) {
      return DimseStatus.of(
          DimseStatus.SOP_CLASS_NOT_SUPPORTED,
          "Affected SOP Class is not that of the presentation context");
    }
    if (!message.hasData() || request.sopInstanceUid() == null) {
      return DimseStatus.of(
          DimseStatus.CANNOT_UNDERSTAND, "C-STORE without data set or SOP Instance UID");
    }
    return handler.store(request);
  }

  /**
   * The status that tells a peer of an exception.
   *
   * @throws IOException the exception that broke the connection, for which there is no status
   */
  static DimseStatus statusOf(Association association, Association.Message message, Exception e)
      throws IOException {
    if (message.hasData() && message.data().failure() != null) {
      throw message.data().failure();
    }
    if (e instanceof DicomException d
        && d.error().ordinal() >= DicomError.ASSOCIATION_REJECTED.ordinal()
        && !association.isOpen()) {
      throw d;
    }
    LOG.error("Association {}: a request failed", association.id(), e);
    return e instanceof DicomException d
            && d.error().ordinal() < DicomError.ASSOCIATION_REJECTED.ordinal()
        ? DimseStatus.of(DimseStatus.CANNOT_UNDERSTAND, d.getMessage())
        : DimseStatus.of(DimseStatus.PROCESSING_FAILURE, "Processing failed; see server log");
  }
}
