package org.vigil.imaging.api;

import org.vigil.kernel.SopInstanceUid;
import org.vigil.tenancy.api.Destination;

/**
 * The DICOM objects in which a result leaves. UIDs derive from the analysis, so making or sending
 * one again is the same object again.
 */
public interface ResultObjects {
  /** Comprehensive 3D SR, TID 1500 Measurement Report. */
  SopInstanceUid storeReport(ResultContent content);

  /**
   * Secondary capture of the image with heat map and boxes burnt in, labelled as AI.
   *
   * @throws org.vigil.kernel.VigilException when the image cannot be decoded
   */
  SopInstanceUid storeHeatMapCapture(ResultContent content);

  /**
   * Sends a stored object by C-STORE, or by STOW-RS to a destination with a URL; where that names
   * an AE title too, it is the PACS node's that is asked for storage commitment.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0011 when the peer did not take it
   */
  void send(SopInstanceUid object, Destination destination);
}
