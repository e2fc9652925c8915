package org.vigil.dicom.io;

import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.VR;

/** Takes references to values that lie elsewhere, as JSON and XML models have them. */
@FunctionalInterface
public interface BulkDataReferences {

  /**
   * @param dataset that has the element
   * @param uri where its value is
   */
  void refer(Attributes dataset, int tag, VR vr, String uri) throws IOException;
}
