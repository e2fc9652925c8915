package org.vigil.cli.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.kernel.crypto.EncryptedFile;
import org.vigil.tenancy.api.SecretStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil backup}: the whole installation but its secrets, encrypted, while it runs. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes database, images, settings, certificates and models into one encrypted file, while"
          + " Vigil runs or while it is stopped.",
      "The key lies in FILE.key, wrapped by the master key. The secrets are not in it: keep a copy"
          + " of the secrets folder in another place.",
      "Exit codes: 0 written, 1 failed, 2 wrong option, 3 not installed."
    })
public final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "A file to make.")
  private Path file;

  @Override
  public Integer call() {
    VigilHome home = homeOption.home();
    if (!home.isInstalled()) {
      throw new CommandFailure(ExitCode.NOT_RUNNING, "no installation in " + home.root());
    }
    Settings settings = Settings.ofRunningServer(home);
    if (settings.externalDatabase()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the database is external: back it up by its own means, then storage, config, certs and"
              + " models");
    }
    Path target = file.toAbsolutePath();
    try {
      SecretStore secrets = Secrets.open(home);
      boolean running = EmbeddedPostgres.running(home).isPresent();
      long[] counts = write(home, settings, secrets, target, running);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s: %d files, %d MB%s; keep %s beside it, and a copy of %s in another place%n",
          target,
          counts[0],
          counts[1] / 1_000_000,
          running ? " (taken while running; queued jobs are not in it)" : "",
          BackupKey.file(target).getFileName(),
          home.root().resolve("secrets"));
      out.flush();
      return ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(ExitCode.USAGE, target + " exists already: choose another name", e);
    } catch (IOException | SQLException e) {
      throw new CommandFailure(ExitCode.FAILED, "the backup failed: " + e.getMessage(), e);
    }
  }

  private static long[] write(
      VigilHome home, Settings settings, SecretStore secrets, Path target, boolean running)
      throws IOException, SQLException {
    OutputStream disk =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    VigilHome.restrict(target);
    boolean complete = false;
    try (BackupArchive archive =
        new BackupArchive(
            home.root(),
            EncryptedFile.encrypt(disk, BackupKey.make(secrets, target), UUID.randomUUID()))) {
      // Rows before files: every row of the backup finds its file.
      if (running) {
        runningDatabase(home, settings, secrets, archive);
      } else {
        archive.add("db", f -> !f.endsWith("postmaster.pid") && !f.endsWith("postmaster.opts"));
        archive.add("server/data", f -> true);
      }
      for (String folder : new String[] {"storage", "config", "certs", "models"}) {
        archive.add(folder, f -> !f.getParent().endsWith("incoming"));
      }
      complete = true;
      return new long[] {archive.files(), archive.bytes()};
    } finally {
      if (!complete) {
        Files.deleteIfExists(target);
        Files.deleteIfExists(BackupKey.file(target));
      }
    }
  }

  /** PostgreSQL's own protocol for copying a running cluster (its manual, section 25.3.3). */
  private static void runningDatabase(
      VigilHome home, Settings settings, SecretStore secrets, BackupArchive archive)
      throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", secrets.get(Installation.SUPERUSER_PASSWORD).orElse(""));
    int port = EmbeddedPostgres.runningPort(home).orElse(settings.port(Port.DATABASE));
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", login);
        Statement statement = connection.createStatement()) {
      String firstSegment =
          text(statement, "select pg_walfile_name(pg_backup_start('vigil', fast => true))");
      Path wal = home.database().resolve("pg_wal");
      archive.add(
          "db",
          f ->
              !f.startsWith(wal)
                  && !f.endsWith("postmaster.pid")
                  && !f.endsWith("postmaster.opts")
                  && !f.toString().contains("pgsql_tmp"));
      String label =
          text(statement, "select labelfile from pg_backup_stop(wait_for_archive => false)");
      if (!Files.exists(wal.resolve(firstSegment))) {
        throw new IOException(
            "PostgreSQL has recycled its log meanwhile: raise wal_keep_size in"
                + " config/postgresql.conf, restart and try again");
      }
      archive.add("db/backup_label", label);
      archive.add("db/pg_wal", f -> true);
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
