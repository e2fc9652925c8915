package org.vigil.cli.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/** The installation's embedded PostgreSQL with all rights: for benchmarks' scratch databases. */
public final class SuperuserDatabase {
  private SuperuserDatabase() {}

  /**
   * Connects to a database of the running cluster.
   *
   * @param home the installation
   * @param database its name
   */
  public static Connection connect(VigilHome home, String database) {
    int port =
        EmbeddedPostgres.runningPort(home)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "no embedded PostgreSQL runs in " + home.root() + ": start Vigil there"));
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", Secrets.read(home, Installation.SUPERUSER_PASSWORD));
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/" + database, login);
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "the database does not answer: " + e.getMessage(), e);
    }
  }
}
