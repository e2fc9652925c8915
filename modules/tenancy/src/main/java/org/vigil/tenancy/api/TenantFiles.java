package org.vigil.tenancy.api;

import java.io.IOException;
import java.io.InputStream;
import org.vigil.kernel.TenantId;

/**
 * Port: a hospital's objects outside the database, implemented by who stores them. What it gives
 * and takes is plain, whatever it does to them at rest.
 */
public interface TenantFiles {
  /** Shows every object that is kept, in the order of the paths. */
  void forEach(TenantId tenant, Visitor visitor) throws IOException;

  /**
   * Puts an object back.
   *
   * @param path as {@link #forEach} gave it
   */
  void restore(TenantId tenant, String path, InputStream content) throws IOException;

  /** Deletes everything there is of the hospital; being called again ends in the same state. */
  void deleteAll(TenantId tenant) throws IOException;

  /** Sees an object. */
  @FunctionalInterface
  interface Visitor {
    void visit(String path, InputStream content) throws IOException;
  }
}
