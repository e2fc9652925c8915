package org.vigil.tenancy.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.TenantId;

/** Port: whoever must prepare a fresh schema for the rows of an archive. */
public interface RestoreParticipant {
  /**
   * Called in the transaction that writes the rows, before the first of them.
   *
   * @param owner a connection of the schemas' owner
   * @param partitions names of the partitions that the archived schema had, by table
   */
  void beforeRows(Connection owner, TenantId tenant, Map<String, List<String>> partitions)
      throws SQLException;
}
