package org.vigil.tenancy.persistence;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantContext;

/**
 * Tells Hibernate whose rows a session reads. Without a tenant it is the platform's: a session that
 * sees the platform schema and no hospital's.
 */
public class CurrentTenantResolver implements CurrentTenantIdentifierResolver<String> {
  /** Not a possible schema name: those begin with {@code t_}. */
  static final String PLATFORM = "platform";

  @Override
  public String resolveCurrentTenantIdentifier() {
    return TenantContext.find().map(TenantId::schema).orElse(PLATFORM);
  }

  @Override
  public boolean validateExistingCurrentSessions() {
    return true;
  }
}
