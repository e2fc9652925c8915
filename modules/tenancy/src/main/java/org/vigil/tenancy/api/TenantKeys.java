package org.vigil.tenancy.api;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DataKey;

/**
 * The keys that encrypt a hospital's files. New files take the current key; older ones name theirs
 * and stay readable. Answers come from memory; no tenant needs to be entered to ask.
 */
public interface TenantKeys {
  /**
   * The key for new files, made when the hospital has none yet.
   *
   * @throws org.vigil.kernel.VigilException CRYPTO-0001 when it cannot be unwrapped, CRYPTO-0003
   *     when the master key cannot be read
   */
  DataKey current(TenantId tenant);

  /**
   * A key of this hospital, present or past; empty when it has none of this id.
   *
   * @throws org.vigil.kernel.VigilException CRYPTO-0001 when it cannot be unwrapped, CRYPTO-0003
   *     when the master key cannot be read
   */
  Optional<DataKey> find(TenantId tenant, UUID id);

  /**
   * The same where it must be there.
   *
   * @throws org.vigil.kernel.VigilException CRYPTO-0001 too when the hospital has no such key
   */
  default DataKey key(TenantId tenant, UUID id) {
    return find(tenant, id)
        .orElseThrow(
            () ->
                new VigilException(
                    ErrorCode.CRYPTO_0001, Map.of("tenant", tenant.value(), "key", id)));
  }
}
