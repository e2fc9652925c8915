package org.vigil.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * PostgreSQL's programs, unpacked from the class path into {@code $VIGIL_HOME/pgsql}, and how to
 * run them: PostgreSQL refuses to run as root, so root runs them inside a user namespace of their
 * own, where they are nobody.
 */
final class PostgresPrograms {

  private final Path directory;
  private final List<String> prefix;
  private final Path workingDirectory;

  private PostgresPrograms(Path directory, List<String> prefix, Path workingDirectory) {
    this.directory = directory;
    this.prefix = prefix;
    this.workingDirectory = workingDirectory;
  }

  /** Unpacks the programs if they are not there yet. */
  static PostgresPrograms unpack(VigilHome home) throws IOException {
    Path target = home.postgresql();
    if (!Files.exists(target.resolve("bin/postgres"))) {
      Path draft = home.root().resolve("pgsql.new");
      Directories.delete(draft);
      extract(draft);
      Directories.delete(target);
      Files.move(draft, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresPrograms(target, prefix(home), home.run());
  }

  private static String archive() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
      case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
      default ->
          throw new CommandFailure(
              ExitCode.FAILED,
              "no PostgreSQL is packed for the architecture "
                  + arch
                  + ": install one and set vigil.db.url (docs/runbook.md)");
    };
  }

  private static void extract(Path target) throws IOException {
    try (InputStream packed = PostgresPrograms.class.getResourceAsStream(archive())) {
      if (packed == null) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "PostgreSQL's programs are not on the class path: build again on this machine, or set"
                + " vigil.db.url to an external PostgreSQL");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
        Files.createDirectories(target);
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          Path file = target.resolve(entry.getName()).normalize();
          if (!file.startsWith(target)) {
            throw new IOException("the archive leaves its directory: " + entry.getName());
          }
          if (entry.isDirectory()) {
            Files.createDirectories(file);
            continue;
          }
          Files.createDirectories(file.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, file);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
          }
        }
      }
    }
  }

  private static List<String> prefix(VigilHome home) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    List<String> namespace = List.of("unshare", "--user");
    try {
      if (Command.run(
                  EmbeddedPostgres.concat(namespace, List.of("true")), Map.of(), home.root(), 10)
              .exitCode()
          == 0) {
        return namespace;
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, rootRefused(), e);
    }
    throw new CommandFailure(ExitCode.FAILED, rootRefused());
  }

  private static String rootRefused() {
    return "PostgreSQL does not run as root, and this system has no user namespaces (unshare) to"
        + " hide root from it: run Vigil as an ordinary user, or set vigil.db.url to an external"
        + " PostgreSQL";
  }

  /**
   * Runs one of the programs.
   *
   * @param command its name (in {@code bin}) and arguments
   * @param seconds how long it may take
   */
  Command run(List<String> command, int seconds) throws IOException {
    List<String> arguments = new ArrayList<>(prefix);
    arguments.add(directory.resolve("bin").resolve(command.get(0)).toString());
    arguments.addAll(command.subList(1, command.size()));
    return Command.run(
        arguments,
        Map.of("LC_ALL", "C.UTF-8", "LD_LIBRARY_PATH", directory.resolve("lib").toString()),
        workingDirectory,
        seconds);
  }
}
