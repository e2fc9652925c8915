package org.vigil.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * A real PostgreSQL that belongs to the installation: made at the first start, listening on
 * 127.0.0.1 only, running on after the command that started it has ended.
 */
final class EmbeddedPostgres {

  private static final int START_SECONDS = 60;

  private final VigilHome home;
  private final int port;
  private final Map<String, String> secrets;

  EmbeddedPostgres(VigilHome home, int port, Map<String, String> secrets) {
    this.home = home;
    this.port = port;
    this.secrets = secrets;
  }

  /** JDBC URL of Vigil's database. */
  String url() {
    return url("vigil");
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?ApplicationName=vigil";
  }

  /** The running postmaster of this data directory, if there is one. */
  static Optional<ServerProcess> running(VigilHome home) {
    Path file = home.database().resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).trim().matches("\\d{1,10}")) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.get(0).trim());
      // PostgreSQL's file survives kill -9 and power failure: the number may be a stranger's by
      // now.
      Path directory = Path.of("/proc", Long.toString(pid), "cwd");
      if (!Files.exists(directory)
          || !Files.isSameFile(directory.toRealPath(), home.database().toRealPath())) {
        return Optional.empty();
      }
      return ServerProcess.running(pid);
    } catch (IOException e) {
      // No file, or the process ended while we looked.
      return Optional.empty();
    }
  }

  /** Port that a running postmaster listens on (fourth line of its file). */
  static Optional<Integer> runningPort(VigilHome home) {
    try {
      List<String> lines = Files.readAllLines(home.database().resolve("postmaster.pid"));
      return lines.size() > 3 && lines.get(3).trim().matches("\\d{1,5}")
          ? Optional.of(Integer.parseInt(lines.get(3).trim()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes the database where it is missing, starts it, and waits until it answers. */
  void start() {
    try {
      PostgresPrograms programs = PostgresPrograms.unpack(home);
      boolean fresh = !Files.exists(home.database().resolve("PG_VERSION"));
      if (fresh) {
        initialise(programs);
      }
      writeConfiguration();
      // Nobody holds it (running() is empty), so what lies there is stale.
      Files.deleteIfExists(home.database().resolve("postmaster.pid"));
      Command started =
          programs.run(
              List.of(
                  "pg_ctl",
                  "start",
                  "-w",
                  "-t",
                  Integer.toString(START_SECONDS),
                  "-D",
                  home.database().toString(),
                  "-l",
                  home.logs().resolve("postgresql-start.log").toString()),
              START_SECONDS + 10);
      if (started.exitCode() != 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "PostgreSQL did not start: "
                + started.output()
                + "\n"
                + LogTail.of(home.logs().resolve("postgresql-start.log"), 20));
      }
      createRolesAndDatabase();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "PostgreSQL could not be started: " + e, e);
    }
  }

  /** Stops it: open transactions are rolled back, prepared ones are kept for recovery. */
  static void stop(VigilHome home) {
    Optional<ServerProcess> process = running(home);
    if (process.isEmpty()) {
      return;
    }
    try {
      Command stopped =
          PostgresPrograms.unpack(home)
              .run(
                  List.of(
                      "pg_ctl",
                      "stop",
                      "-w",
                      "-m",
                      "fast",
                      "-t",
                      "60",
                      "-D",
                      home.database().toString()),
                  70);
      if (stopped.exitCode() != 0 && process.get().isAlive()) {
        throw new CommandFailure(
            ExitCode.FAILED, "PostgreSQL did not stop: " + stopped.output() + ". Try again");
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "PostgreSQL could not be stopped: " + e, e);
    }
  }

  private void initialise(PostgresPrograms programs) throws IOException {
    // A first start that was interrupted leaves a directory without PG_VERSION: made anew.
    Path draft = home.root().resolve("db.new");
    Directories.delete(draft);
    Directories.delete(home.database());
    Path password = home.run().resolve("initdb.password");
    VigilHome.writeSecret(password, secrets.get(Installation.SUPERUSER_PASSWORD) + "\n");
    Files.createDirectory(draft);
    try {
      Command made =
          programs.run(
              List.of(
                  "initdb",
                  "-D",
                  draft.toString(),
                  "-U",
                  "postgres",
                  "--pwfile=" + password,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale=C",
                  // PostgreSQL's own collation: the same on every machine, so indexes survive a
                  // move.
                  "--locale-provider=builtin",
                  "--builtin-locale=C.UTF-8",
                  "--data-checksums"),
              120);
      if (made.exitCode() != 0) {
        throw new CommandFailure(ExitCode.FAILED, "initdb failed: " + made.output());
      }
    } finally {
      Files.delete(password);
    }
    Files.writeString(
        draft.resolve("postgresql.conf"),
        "\n# Written at each start by Vigil; the operator's own settings come after it.\n"
            + "include 'vigil.conf'\n"
            + "include_if_exists '"
            + home.root().resolve("config/postgresql.conf").toString().replace("'", "''")
            + "'\n",
        java.nio.file.StandardOpenOption.APPEND);
    Files.move(draft, home.database(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(
        home.database().resolve("vigil.conf"),
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = 100
        # Two-phase commit with JMS: one for every transaction that may be in doubt.
        max_prepared_transactions = 100
        # A backup of the running database needs the log from its beginning to its end.
        wal_keep_size = '1GB'
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = '%s'
        log_filename = 'postgresql-%%a.log'
        log_truncate_on_rotation = on
        log_rotation_size = 0
        # Statements and details of errors hold patient data: they stay out of the log.
        log_error_verbosity = terse
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        """
            .formatted(port, home.logs().toString().replace("'", "''")));
  }

  private void createRolesAndDatabase() {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", secrets.get(Installation.SUPERUSER_PASSWORD));
    try {
      try (Connection connection = DriverManager.getConnection(url("postgres"), login);
          Statement statement = connection.createStatement()) {
        for (String sql :
            DatabaseRoles.cluster(
                secrets.get(Installation.OWNER_PASSWORD),
                secrets.get(Installation.APPLICATION_PASSWORD))) {
          statement.execute(sql);
        }
        if (!DatabaseRoles.databaseExists(connection)) {
          statement.execute(DatabaseRoles.CREATE_DATABASE);
        }
      }
      try (Connection connection = DriverManager.getConnection(url(), login);
          Statement statement = connection.createStatement()) {
        for (String sql : DatabaseRoles.database()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "PostgreSQL runs, but its roles could not be made ("
              + e.getMessage()
              + "): see "
              + home.logs(),
          e);
    }
  }

  /** Command lines are lists; this keeps the callers short. */
  static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
