package org.vigil.imaging.api;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** Reading what is stored for the current tenant. */
public interface Studies {
  Optional<StudyView> find(StudyInstanceUid uid);

  /** All instances of a study, by series number, instance number, then UID. */
  List<InstanceView> instances(StudyInstanceUid uid);

  /** The same patient's earlier studies, here or wanted from the PACS, the newest first. */
  List<PriorStudy> priors(StudyInstanceUid uid);

  Optional<InstanceView> instance(SopInstanceUid uid);

  /**
   * The object as a DICOM Part 10 stream; the caller closes it.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0005 when unknown
   */
  InputStream open(SopInstanceUid uid);
}
