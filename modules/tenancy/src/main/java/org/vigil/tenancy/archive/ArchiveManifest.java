package org.vigil.tenancy.archive;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an archive says of itself, in {@code manifest.json}.
 *
 * @param format 1
 * @param schemaVersions versions of the migrations the schema has had
 * @param partitions partitions by their table
 * @param sequences the value last given out, by sequence; null where none was
 */
record ArchiveManifest(
    int format,
    Hospital hospital,
    Instant createdAt,
    String createdBy,
    List<String> schemaVersions,
    List<Table> tables,
    List<Table> platformTables,
    Map<String, List<String>> partitions,
    Map<String, Long> sequences,
    List<StoredFile> files) {

  static final int FORMAT = 1;

  /** The tenant's own row. */
  record Hospital(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      Integer queueShare) {}

  /**
   * A table's rows.
   *
   * @param sha256 of the text of COPY, rows in the order of the key
   */
  record Table(String name, List<String> columns, long rows, String sha256) {}

  /** An object. */
  record StoredFile(String path, long bytes, String sha256) {}

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum()
        + platformTables.stream().mapToLong(Table::rows).sum();
  }

  long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }
}
