package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.vigil.identity.ldap.LdapDirectory;
import org.vigil.tenancy.api.Expiring;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * What of hospitals' log-ins ends by itself: secrets of service accounts and of the client at the
 * OpenID provider, and the certificates by which a directory is trusted.
 */
@ApplicationScoped
public class ExpiringCredentials implements Expiring {
  @Inject private TenantDirectory tenants;
  @Inject private PeerAccountStore services;
  @Inject private ProviderStore providers;
  @Inject private DirectoryStore directories;

  @Override
  public List<Ending> endings() {
    return TenantContext.asPlatform(
        () -> {
          List<Ending> endings = new ArrayList<>();
          tenants.active().forEach(tenant -> add(tenant, endings));
          return endings;
        });
  }

  private void add(TenantView tenant, List<Ending> endings) {
    services.list(tenant.id()).stream()
        .filter(account -> account.enabled())
        .forEach(
            account ->
                endings.add(
                    new Ending(
                        "The secret of service account " + account.clientId() + of(tenant),
                        account.secretExpiresAt(),
                        "rotate it by POST /api/service-accounts/" + account.id() + "/rotate")));
    providers
        .secretExpiresAt(tenant.id())
        .ifPresent(
            end ->
                endings.add(
                    new Ending(
                        "The client secret at the OpenID provider" + of(tenant),
                        end,
                        "make a new one there and set it by PUT /api/identity-provider")));
    directories
        .find(tenant.id())
        .flatMap(stored -> LdapDirectory.trustEndsAt(stored.directory()))
        .ifPresent(
            end ->
                endings.add(
                    new Ending(
                        "A certificate by which the directory is trusted" + of(tenant),
                        end,
                        "set its successor by PUT /api/directory")));
  }

  private static String of(TenantView tenant) {
    return " of hospital " + tenant.id();
  }
}
