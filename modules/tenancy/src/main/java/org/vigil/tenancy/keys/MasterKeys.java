package org.vigil.tenancy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.MasterKey;
import org.vigil.tenancy.api.SecretStore;
import org.vigil.tenancy.api.StorePassword;

/**
 * The master keys of the credential store, {@code master-key.0001} and so on; the highest is the
 * current one. The first is made by the first start or, where an older installation has none, by
 * the first look at it.
 */
@ApplicationScoped
public class MasterKeys {
  private static final String PREFIX = "master-key.";

  private final TreeMap<String, MasterKey> keys = new TreeMap<>();
  private Path home;
  private Optional<String> storeFile;
  private Optional<String> command;

  @Inject
  void configure(
      @ConfigProperty(name = "vigil.home") String homeFolder,
      @ConfigProperty(name = "vigil.secrets.store") Optional<String> store,
      @ConfigProperty(name = "vigil.secrets.command") Optional<String> passwordCommand) {
    this.home = Path.of(homeFolder);
    this.storeFile = store;
    this.command = passwordCommand;
  }

  /** The credential store of this installation. */
  public SecretStore store() throws IOException {
    Path file = storeFile.map(Path::of).orElse(home.resolve("secrets/vigil.credentials"));
    return new SecretStore(
        file, StorePassword.read(command.orElse(null), home.resolve("secrets/store.key")));
  }

  /** The key that wraps new data keys. */
  synchronized MasterKey current() {
    if (keys.isEmpty()) {
      read();
    }
    return keys.isEmpty() ? add() : keys.lastEntry().getValue();
  }

  /** The key of this name, or empty when the store does not hold it. */
  synchronized Optional<MasterKey> find(String name) {
    if (!keys.containsKey(name)) {
      read();
    }
    return Optional.ofNullable(keys.get(name));
  }

  /** Makes a new current key, durable when this returns. */
  synchronized MasterKey add() {
    read();
    int number =
        keys.isEmpty() ? 1 : Integer.parseInt(keys.lastKey().substring(PREFIX.length())) + 1;
    String name = PREFIX + "%04d".formatted(number);
    String text = MasterKey.generate();
    try {
      store().put(Map.of(name, text));
    } catch (IOException e) {
      throw unreadable(e);
    }
    keys.put(name, MasterKey.of(name, text));
    return keys.get(name);
  }

  private void read() {
    try {
      store()
          .all()
          .forEach(
              (name, text) -> {
                if (name.matches("master-key\\.\\d{4}")) {
                  keys.put(name, MasterKey.of(name, text));
                }
              });
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static VigilException unreadable(Exception e) {
    return new VigilException(
        ErrorCode.CRYPTO_0003, Map.of("problem", String.valueOf(e.getMessage())), e);
  }
}
