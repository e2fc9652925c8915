package org.vigil.imaging.storage;

import java.nio.file.Path;
import org.vigil.dicom.data.ByteSource;
import org.vigil.kernel.TenantId;

/**
 * Where a tenant's DICOM objects lie, as Part 10 files. An object is written once and never
 * changed. Readers see plain bytes at any offset, whatever the store does to them at rest.
 */
public interface ObjectStore {
  /**
   * Begins an object. Its bytes are on disk as they are written, but nobody sees them before {@link
   * Draft#keep}.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0006 when the storage cannot be written or has
   *     less room than the watermark
   */
  Draft begin(TenantId tenant);

  /**
   * The bytes of a kept object.
   *
   * @param location as given to {@link Draft#keep}
   */
  ByteSource source(TenantId tenant, String location);

  /** Whether an object of this length is there. */
  boolean holds(TenantId tenant, String location, long length);

  /**
   * Whether an object could be stored now.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0006 when not, with the reason
   */
  void checkWritable();

  /** The root folder, for people who read the health report. */
  Path root();
}
