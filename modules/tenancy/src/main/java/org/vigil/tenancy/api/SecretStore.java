package org.vigil.tenancy.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wildfly.security.auth.server.IdentityCredentials;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.credential.store.CredentialStore;
import org.wildfly.security.credential.store.CredentialStore.CredentialSourceProtectionParameter;
import org.wildfly.security.credential.store.CredentialStoreException;
import org.wildfly.security.credential.store.WildFlyElytronCredentialStoreProvider;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.ClearPassword;

/**
 * An Elytron credential store in a PKCS#12 file: database passwords, key store passwords, master
 * keys. WildFly reads the same file for its data sources and key stores. Every method opens the
 * file anew, so that what another process has written is seen.
 */
public final class SecretStore {
  private static final String TYPE = "KeyStoreCredentialStore";
  private static final Provider STORES = new WildFlyElytronCredentialStoreProvider();
  private static final Provider[] PASSWORDS = {new WildFlyElytronPasswordProvider()};

  private final Path file;
  private final char[] password;

  /**
   * @param file made by the first {@link #put}
   * @param password of the store
   */
  public SecretStore(Path file, char[] password) {
    this.file = file;
    this.password = password.clone();
  }

  /** The secret of this name (names are not case-sensitive). */
  public synchronized Optional<String> get(String name) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      PasswordCredential found = open(false).retrieve(name, PasswordCredential.class);
      return found == null
          ? Optional.empty()
          : Optional.of(new String(found.getPassword(ClearPassword.class).getPassword()));
    } catch (CredentialStoreException e) {
      throw unreadable(e);
    }
  }

  /** All secrets by name; names are in lower case and sorted. */
  public synchronized Map<String, String> all() throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (!Files.exists(file)) {
      return all;
    }
    try {
      CredentialStore store = open(false);
      for (String name : store.getAliases()) {
        PasswordCredential found = store.retrieve(name, PasswordCredential.class);
        if (found != null) {
          all.put(name, new String(found.getPassword(ClearPassword.class).getPassword()));
        }
      }
      return all;
    } catch (CredentialStoreException e) {
      throw unreadable(e);
    }
  }

  /** Adds or replaces secrets in one write; a reader sees the old file or the new one. */
  public synchronized void put(Map<String, String> secrets) throws IOException {
    try {
      CredentialStore store = open(true);
      for (Map.Entry<String, String> secret : secrets.entrySet()) {
        if (store.exists(secret.getKey(), PasswordCredential.class)) {
          store.remove(secret.getKey(), PasswordCredential.class);
        }
        store.store(secret.getKey(), credential(secret.getValue().toCharArray()));
      }
      store.flush();
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (CredentialStoreException e) {
      throw unreadable(e);
    }
  }

  private CredentialStore open(boolean create) throws CredentialStoreException {
    try {
      CredentialStore store = CredentialStore.getInstance(TYPE, STORES);
      store.initialize(
          Map.of(
              "location",
              file.toString(),
              "create",
              Boolean.toString(create),
              "modifiable",
              "true",
              "keyStoreType",
              "PKCS12"),
          new CredentialSourceProtectionParameter(
              IdentityCredentials.NONE.withCredential(credential(password))),
          PASSWORDS);
      return store;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Elytron brings " + TYPE, e);
    }
  }

  private static PasswordCredential credential(char[] secret) {
    return new PasswordCredential(ClearPassword.createRaw(ClearPassword.ALGORITHM_CLEAR, secret));
  }

  private IOException unreadable(GeneralSecurityException e) {
    return new IOException(
        "the credential store "
            + file
            + " does not open: its password is wrong or the file is damaged",
        e);
  }
}
