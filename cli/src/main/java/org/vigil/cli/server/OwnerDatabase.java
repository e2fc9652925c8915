package org.vigil.cli.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/** The installation's database as the schemas' owner: for commands that do not ask the server. */
public final class OwnerDatabase {
  private OwnerDatabase() {}

  /**
   * Connects with what the server was last started with.
   *
   * @param home the installation
   */
  public static Connection connect(VigilHome home) {
    Map<String, String> effective = Settings.read(home.effectiveProperties());
    String url = effective.get(Settings.DATABASE_URL);
    if (url == null) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING, "no installation in " + home.root() + ": start Vigil there first");
    }
    Properties login = new Properties();
    login.setProperty("user", effective.getOrDefault("vigil.db.owner.user", "vigil_owner"));
    String password = effective.get(Installation.OWNER_PASSWORD);
    login.setProperty(
        "password", password == null ? Secrets.read(home, Installation.OWNER_PASSWORD) : password);
    try {
      return DriverManager.getConnection(url, login);
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "the database does not answer ("
              + e.getMessage()
              + "): is it running? See ./vigil status",
          e);
    }
  }
}
