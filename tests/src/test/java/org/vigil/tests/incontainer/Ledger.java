package org.vigil.tests.incontainer;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.vigil.kernel.TenantId;

/** The committed rows of a hospital, as the owner of the schemas sees them, outside JTA. */
@ApplicationScoped
public class Ledger {
  @Resource(lookup = "java:jboss/datasources/VigilOwner")
  private DataSource owner;

  public long count(TenantId tenant, String fromAndWhere, Object... parameters) {
    return Long.parseLong(
        column(tenant, "select count(*) from " + fromAndWhere, parameters).get(0));
  }

  /** The first column, as text. */
  public List<String> column(TenantId tenant, String query, Object... parameters) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = prepared(connection, tenant, query, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  public void execute(TenantId tenant, String statement, Object... parameters) {
    try (Connection connection = owner.getConnection();
        PreparedStatement prepared = prepared(connection, tenant, statement, parameters)) {
      prepared.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** Tables are written {@code {audit_event}}: with the hospital's schema before them. */
  private static PreparedStatement prepared(
      Connection connection, TenantId tenant, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql.replaceAll("\\{(\\w+)}", tenant.schema() + ".$1"));
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
