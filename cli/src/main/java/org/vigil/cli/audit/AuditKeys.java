package org.vigil.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.vigil.audit.domain.SealingKey;
import org.vigil.audit.domain.TrustedKeys;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.VigilHome;

/** Whose signatures a command believes. */
final class AuditKeys {
  private AuditKeys() {}

  /** The installation's own keys or, if one is named, that public key alone. */
  static TrustedKeys of(VigilHome home, Path publicKey) {
    if (publicKey != null) {
      try {
        return TrustedKeys.of(SealingKey.readPublic(publicKey));
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        throw new CommandFailure(
            ExitCode.USAGE, publicKey + " is no Ed25519 public key in PEM: " + e.getMessage(), e);
      }
    }
    if (!Files.exists(home.auditPrivateKey())) {
      throw new CommandFailure(
          ExitCode.FAILED,
          home.auditPrivateKey() + " is missing: name the public key with --key, or restore it");
    }
    return TrustedKeys.of(SealingKey.read(home.auditPrivateKey(), home.auditPublicKey()))
        .andRetired(home.auditRetiredKeys());
  }
}
