package org.vigil.tests.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Secrets;

/**
 * A server's PostgreSQL, as one of its logins sees it: to prepare what no edge would, and to look.
 */
public final class Database implements AutoCloseable {
  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** As the owner of the schemas. */
  public static Database asOwner(VigilServer server) {
    return open(server, "vigil_owner", "vigil.db.owner.password");
  }

  /** As the application logs in. */
  public static Database asApplication(VigilServer server) {
    return open(server, "vigil_app", "vigil.db.app.password");
  }

  private static Database open(VigilServer server, String user, String key) {
    try {
      return new Database(
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:" + server.port(Port.DATABASE) + "/vigil",
              user,
              Secrets.read(server.home(), key)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements as they are. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of a query's rows, as text. */
  public List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
