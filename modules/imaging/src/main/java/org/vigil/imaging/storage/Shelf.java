package org.vigil.imaging.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One tenant's objects in one tier, as encrypted files; what puts them there and takes them away
 * knows nothing of their content. Every method throws VigilException IMAGING-0091 where the tier is
 * elsewhere and does not answer.
 */
interface Shelf {
  /** What lies at a location of this shelf, or would. */
  Ciphertext at(String location);

  /**
   * Takes a file over, whole or not at all; the file may be gone afterwards. A power cut may undo
   * that until {@link #force}.
   */
  void take(String location, Path file) throws IOException;

  /** Makes what was taken durable. */
  void force(String location) throws IOException;

  /** Copies a file from elsewhere, durably and whole or not at all. */
  void copy(String location, Ciphertext from) throws IOException;

  /** Removes a file; one that is not there is no error. */
  void remove(String location) throws IOException;

  /** All locations in use; the caller closes the stream. */
  Stream<String> locations() throws IOException;

  /** When a file was written; empty when it is not there. */
  Optional<Instant> writtenAt(String location) throws IOException;

  /** Removes everything of the tenant. */
  void removeAll() throws IOException;
}
