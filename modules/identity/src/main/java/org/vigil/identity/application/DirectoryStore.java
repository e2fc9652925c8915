package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.identity.persistence.LdapDirectoryEntity;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/** Rows of directories; each method is a transaction of its own on the platform's schema. */
@ApplicationScoped
public class DirectoryStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Stored> find(TenantId tenant) {
    return Optional.ofNullable(entities.find(LdapDirectoryEntity.class, tenant.value()))
        .map(row -> new Stored(row.toDirectory(), row.bindPassword()));
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void describe(Directory wanted, byte[] sealedPassword) {
    LdapDirectoryEntity found = entities.find(LdapDirectoryEntity.class, wanted.tenant().value());
    LdapDirectoryEntity row = found == null ? new LdapDirectoryEntity(wanted.tenant()) : found;
    row.describe(wanted, sealedPassword);
    if (found == null) {
      entities.persist(row);
    }
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void remove(TenantId tenant) {
    LdapDirectoryEntity found = entities.find(LdapDirectoryEntity.class, tenant.value());
    if (found == null) {
      throw new VigilException(ErrorCode.IDENTITY_0017);
    }
    entities.remove(found);
  }

  /** A directory as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // sealed bytes, compared nowhere
  public record Stored(Directory directory, byte[] sealedPassword) {}
}
