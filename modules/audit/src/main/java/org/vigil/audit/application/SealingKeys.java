package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.audit.domain.SealingKey;
import org.vigil.audit.domain.TrustedKeys;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * The signing key from its files; read again when they change, so that it rotates without restart.
 */
@ApplicationScoped
public class SealingKeys {
  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  private SealingKey key;
  private FileTime readFrom;

  /**
   * The key in use.
   *
   * @throws VigilException AUDIT-0001 when it cannot be read
   */
  public synchronized SealingKey current() {
    try {
      FileTime changed = Files.getLastModifiedTime(file("audit-private.pem"));
      if (key == null || !changed.equals(readFrom)) {
        key = SealingKey.read(file("audit-private.pem"), file("audit-public.pem"));
        readFrom = changed;
      }
      return key;
    } catch (IOException e) {
      throw new VigilException(ErrorCode.AUDIT_0001, Map.of("file", "audit-private.pem"), e);
    }
  }

  /** The key in use and those it replaced ({@code secrets/audit-retired/*.pem}). */
  public TrustedKeys trusted() {
    return TrustedKeys.of(current()).andRetired(file("audit-retired"));
  }

  private Path file(String name) {
    return Path.of(home, "secrets", name);
  }
}
