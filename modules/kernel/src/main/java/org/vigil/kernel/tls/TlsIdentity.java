package org.vigil.kernel.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Vigil's own keys and certificates, from a PKCS#12 file that can be replaced while connections are
 * served: {@link #load} changes what the key manager answers, so that contexts made before present
 * the new certificate from the next handshake on.
 */
public final class TlsIdentity {
  private final Path file;
  private volatile Loaded loaded;

  /**
   * @param file PKCS#12 with at least one key
   */
  public TlsIdentity(Path file) {
    this.file = file;
  }

  /**
   * Reads the file again; when that fails, the keys read before stay in use.
   *
   * @throws IOException when it cannot be read or holds no key
   */
  public synchronized void load(char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      List<X509Certificate> certificates = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          certificates.add((X509Certificate) store.getCertificate(alias));
        }
      }
      if (certificates.isEmpty()) {
        throw new IOException(file + " holds no key");
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      X509ExtendedKeyManager manager =
          Arrays.stream(factory.getKeyManagers())
              .filter(X509ExtendedKeyManager.class::isInstance)
              .map(X509ExtendedKeyManager.class::cast)
              .findFirst()
              .orElseThrow(() -> new IOException("no X.509 key manager"));
      loaded = new Loaded(manager, List.copyOf(certificates), store);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be opened as PKCS#12", e);
    }
  }

  /** Vigil's own certificates, one a key; empty before the first {@link #load}. */
  public List<X509Certificate> certificates() {
    return loaded == null ? List.of() : loaded.certificates();
  }

  /**
   * A key manager for listeners and clients.
   *
   * @param clientAlias key to present as a client, or null for any that the peer accepts
   */
  public KeyManager keyManager(String clientAlias) {
    return new Delegate(clientAlias);
  }

  /** Whether there is a key of this alias. */
  public boolean holds(String alias) {
    try {
      return loaded != null && loaded.store().isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key store is loaded", e);
    }
  }

  private record Loaded(
      X509ExtendedKeyManager manager, List<X509Certificate> certificates, KeyStore store) {}

  /** Asks whatever was loaded last. */
  private final class Delegate extends X509ExtendedKeyManager {
    private final String clientAlias;

    Delegate(String clientAlias) {
      this.clientAlias = clientAlias;
    }

    private X509ExtendedKeyManager now() {
      return loaded.manager();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return now().getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      // A self-signed certificate is of no issuer that the peer lists, and still its pin.
      return clientAlias != null ? clientAlias : now().chooseClientAlias(keyTypes, null, socket);
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return clientAlias != null ? clientAlias : now().chooseEngineClientAlias(types, null, engine);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return now().getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return now().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return now().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return now().getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return now().getPrivateKey(alias);
    }
  }

  /** The certificates of a chain that are X.509, in their order. */
  public static List<X509Certificate> x509(List<Certificate> chain) {
    return chain.stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }
}
