package org.vigil.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.MasterKey;
import org.vigil.tenancy.api.SecretStore;

/**
 * The key of one backup, wrapped by the master key, in a small file beside it: {@code FILE.key}.
 * Without the credential store it opens nothing.
 */
final class BackupKey {
  private static final String OWNER = "backup";

  private BackupKey() {}

  static Path file(Path backup) {
    return backup.resolveSibling(backup.getFileName() + ".key");
  }

  /** Makes a key and writes it wrapped. */
  static DataKey make(SecretStore secrets, Path backup) throws IOException {
    TreeMap<String, String> masters = new TreeMap<>(secrets.all());
    masters.keySet().removeIf(name -> !name.startsWith("master-key."));
    if (masters.isEmpty()) {
      throw new IOException("the credential store holds no master key");
    }
    MasterKey master = MasterKey.of(masters.lastKey(), masters.lastEntry().getValue());
    DataKey key = DataKey.generate();
    VigilHome.writeSecret(
        file(backup),
        Installation.line("key", key.id().toString())
            + Installation.line("master-key", master.name())
            + Installation.line(
                "wrapped", Base64.getEncoder().encodeToString(master.wrap(key, OWNER))));
    return key;
  }

  /** Opens the key of a backup. */
  static DataKey open(SecretStore secrets, Path backup) throws IOException {
    if (!Files.exists(file(backup))) {
      throw new CommandFailure(
          ExitCode.USAGE, file(backup) + " is missing: it belongs to the backup");
    }
    Map<String, String> written = Settings.read(file(backup));
    String name = written.getOrDefault("master-key", "");
    String text =
        secrets
            .get(name)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "the secrets hold no " + name + ": give those the backup was made with"));
    try {
      return MasterKey.of(name, text)
          .unwrap(
              UUID.fromString(written.getOrDefault("key", "")),
              Base64.getDecoder().decode(written.getOrDefault("wrapped", "")),
              OWNER);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file(backup) + " does not open with " + name, e);
    }
  }
}
