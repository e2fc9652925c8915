package org.vigil.tenancy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.InstallationSecrets;

/** The credential store that the master keys lie in, read at each question. */
@ApplicationScoped
public class StoredSecrets implements InstallationSecrets {
  @Inject private MasterKeys keys;

  @Override
  public Optional<String> find(String name) {
    try {
      return keys.store().get(name);
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.CRYPTO_0003, Map.of("problem", String.valueOf(e.getMessage())), e);
    }
  }
}
