package org.vigil.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.EncryptedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil restore}: an installation from a backup, into a new home. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Unpacks a backup into a new home; start it afterwards and run ./vigil storage verify.",
      "Exit codes: 0 restored, 1 failed, 2 wrong option."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "The backup; FILE.key lies beside it.")
  private Path file;

  @Option(
      names = "--secrets",
      required = true,
      paramLabel = "FOLDER",
      description = "The copy of the secrets folder.")
  private Path secrets;

  @Override
  public Integer call() {
    VigilHome home = homeOption.home();
    Path backup = file.toAbsolutePath();
    if (home.isInstalled() || Files.exists(home.database())) {
      throw new CommandFailure(ExitCode.USAGE, home.root() + " is in use: choose an empty --home");
    }
    if (!Files.isDirectory(secrets)) {
      throw new CommandFailure(ExitCode.USAGE, secrets + " is no folder");
    }
    home.create();
    try {
      copySecrets(home);
      DataKey key = BackupKey.open(Secrets.open(home), backup);
      long files;
      try (InputStream in = Channels.newInputStream(EncryptedFile.open(backup, id -> key, null))) {
        files = BackupArchive.unpack(in, home.root());
      }
      // PostgreSQL wants its folders for its owner alone.
      try (Stream<Path> folders = Files.walk(home.database())) {
        for (Path folder : folders.filter(Files::isDirectory).toList()) {
          Files.setPosixFilePermissions(
              folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        }
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%d files restored into %s: start it, then run ./vigil storage verify%n",
          files, home.root());
      out.flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the restore failed ("
              + e.getMessage()
              + "); what is in "
              + home.root()
              + " is not complete: delete it",
          e);
    }
  }

  private void copySecrets(VigilHome home) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(secrets)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path from : files) {
      Path to = home.root().resolve("secrets").resolve(from.getFileName());
      Files.copy(from, to);
      VigilHome.restrict(to);
    }
  }
}
