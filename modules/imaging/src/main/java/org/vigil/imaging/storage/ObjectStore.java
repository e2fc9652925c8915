package org.vigil.imaging.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.api.RejectedObjects.RejectedObject;
import org.vigil.kernel.TenantId;

/**
 * Where a tenant's DICOM objects lie, as Part 10 files. An object is written once and never
 * changed. Readers see plain bytes at any offset, whatever the store does to them at rest.
 *
 * <p>A location names its tier too ({@link org.vigil.imaging.domain.StorageTier}). What concerns a
 * tier that lies elsewhere throws VigilException IMAGING-0091 while that does not answer.
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
   * The same for an object that was stored before, under the id it had then.
   *
   * @param storedAs as {@link Draft#storedAs} said
   */
  Draft begin(TenantId tenant, UUID storedAs);

  /** What lies at a location, decrypted where it is encrypted, whichever object it is. */
  ByteSource content(TenantId tenant, String location);

  /** The id of the encrypted object at a location; empty where it lies in the clear. */
  Optional<UUID> storedAs(TenantId tenant, String location);

  /**
   * The bytes of a kept object. Reading throws {@link org.vigil.kernel.crypto.DamagedFileException}
   * where they are not those that were kept.
   *
   * @param location as given to {@link Draft#keep}
   * @param storedAs as {@link Draft#storedAs} said; null for an object that an earlier version
   *     stored in the clear
   */
  ByteSource source(TenantId tenant, String location, UUID storedAs);

  /** Whether an object of this plain length is there. */
  boolean holds(TenantId tenant, String location, long length);

  /** Removes a kept object; one that is not there is no error. */
  void remove(TenantId tenant, String location);

  /**
   * Copies a kept object as it lies, encrypted, to another place, whole or not at all and durably.
   *
   * @throws NoSuchFileException when it is not there
   * @throws org.vigil.kernel.VigilException IMAGING-0006 or IMAGING-0091
   */
  void copy(TenantId tenant, String from, String to) throws NoSuchFileException;

  /** Removes every kept object of a tenant, in all tiers. */
  void removeAll(TenantId tenant) throws IOException;

  /** Objects set aside by {@link Draft#reject}, newest first. */
  List<RejectedObject> rejected(TenantId tenant);

  /** The bytes of an object set aside. */
  ByteSource rejectedSource(TenantId tenant, String name);

  /** Whether a file was last written before this time; one that is gone was not. */
  boolean isOlderThan(TenantId tenant, String location, Instant time);

  /** Locations of all kept objects of a tenant; the caller closes the stream. */
  Stream<String> locations(TenantId tenant);

  /**
   * Whether an object could be stored now.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0006 when not, with the reason
   */
  void checkWritable();

  /** The root folder, for people who read the health report. */
  Path root();
}
