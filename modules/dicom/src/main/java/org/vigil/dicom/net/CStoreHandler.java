package org.vigil.dicom.net;

/**
 * Receives instances by C-STORE (PS3.7 §9.1.1). One association's requests come one after another
 * on its own thread; several associations call concurrently.
 */
@FunctionalInterface
public interface CStoreHandler extends AssociationListener {

  /**
   * Stores one instance.
   *
   * <p>The data set must be read from {@link CStoreRequest#data()} inside this call; what is left
   * unread is passed over. A {@link org.vigil.dicom.data.DicomException} becomes status 0xC000
   * (cannot understand), any other exception 0x0110 (processing failure); the association goes on.
   *
   * @return the status to answer with, only after what was received is safe
   */
  DimseStatus store(CStoreRequest request) throws Exception;
}
