package org.vigil.imaging.storage;

import java.io.OutputStream;
import java.util.UUID;
import org.vigil.dicom.data.ByteSource;

/**
 * An object being written, encrypted on the way. Sequence: write {@link #out}, {@link #seal}, read
 * {@link #content}, then {@link #keep} or {@link #reject}; {@link #close} removes whatever was not
 * kept.
 */
public interface Draft extends AutoCloseable {
  /**
   * Takes the object's bytes, hashed and counted on the way. Writing throws VigilException
   * IMAGING-0006 when the disk is full or broken, never an IOException.
   */
  OutputStream out();

  /**
   * Ends writing: the bytes can be read, and are durable with {@link #force}.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0006
   */
  void seal();

  /** The bytes written; after {@link #seal} only. */
  ByteSource content();

  /** SHA-256 of the bytes written, lower-case hex; after {@link #seal} only. */
  String sha256();

  /** Id of the encrypted object, which the file's header holds and a row must remember. */
  UUID storedAs();

  /** Number of bytes written. */
  long length();

  /**
   * Moves the object to its place, durably: when this returns, a power cut does not lose it.
   *
   * @param location relative path of lower-case letters, digits, dots and slashes
   * @throws org.vigil.kernel.VigilException IMAGING-0006
   */
  default void keep(String location) {
    place(location);
    force();
  }

  /**
   * Moves the object to its place; a power cut may undo that until {@link #force}. Of several
   * drafts one places all and then forces each: the file system writes its journal once for all.
   * Where it was placed already nothing is done.
   *
   * @param location relative path of lower-case letters, digits, dots and slashes
   * @throws org.vigil.kernel.VigilException IMAGING-0006
   */
  void place(String location);

  /**
   * Makes durable the bytes, and what {@link #place} did; nothing where it did nothing.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0006
   */
  void force();

  /**
   * Sets the object aside for a person to look at, with a note beside it; the oldest ones make room
   * when the tenant's limit is reached.
   *
   * @param note why, without patient data
   * @return the name under which it lies
   */
  String reject(String note);

  /** Removes the object unless it was kept or rejected. */
  @Override
  void close();
}
