package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.identity.persistence.IdentityProviderEntity;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/** Rows of OpenID providers; each method is a transaction of its own on the platform's schema. */
@ApplicationScoped
public class ProviderStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Transactional(TxType.REQUIRES_NEW)
  public List<Provider> all() {
    return entities
        .createQuery("select p from IdentityProviderEntity p", IdentityProviderEntity.class)
        .getResultStream()
        .map(IdentityProviderEntity::toProvider)
        .toList();
  }

  /**
   * Sets a provider.
   *
   * @param sealedSecret null to keep the one there is, empty for none
   */
  @Transactional(TxType.REQUIRES_NEW)
  public void describe(Provider wanted, byte[] sealedSecret) {
    IdentityProviderEntity found =
        entities.find(IdentityProviderEntity.class, wanted.tenant().value());
    IdentityProviderEntity row =
        found == null ? new IdentityProviderEntity(wanted.tenant()) : found;
    row.describe(wanted);
    if (sealedSecret != null) {
      row.setClientSecret(sealedSecret.length == 0 ? null : sealedSecret);
    }
    try {
      if (found == null) {
        entities.persist(row);
      }
      entities.flush();
    } catch (PersistenceException e) {
      throw new VigilException(ErrorCode.KERNEL_0005, Map.of("field", "issuer, audience"), e);
    }
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void remove(TenantId tenant) {
    IdentityProviderEntity found = entities.find(IdentityProviderEntity.class, tenant.value());
    if (found == null) {
      throw new VigilException(ErrorCode.IDENTITY_0014);
    }
    entities.remove(found);
  }

  @Transactional(TxType.REQUIRES_NEW)
  public Optional<byte[]> sealedSecret(TenantId tenant) {
    return Optional.ofNullable(entities.find(IdentityProviderEntity.class, tenant.value()))
        .map(IdentityProviderEntity::clientSecret);
  }

  /** When the client secret ends, if somebody said so. */
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Instant> secretExpiresAt(TenantId tenant) {
    return Optional.ofNullable(entities.find(IdentityProviderEntity.class, tenant.value()))
        .map(IdentityProviderEntity::clientSecretExpiresAt);
  }
}
