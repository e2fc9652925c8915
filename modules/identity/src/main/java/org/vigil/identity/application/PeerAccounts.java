package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.identity.api.ServiceAccounts;
import org.vigil.identity.api.Sessions;
import org.vigil.identity.domain.RecoveryCodes;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;

/**
 * Service accounts. Their secrets are 256 random bits, so that a plain hash keeps them as well as a
 * slow one would.
 */
@ApplicationScoped
public class PeerAccounts implements ServiceAccounts {
  /** How long the old secret serves after a rotation. */
  private static final Duration OVERLAP = Duration.ofDays(1);

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject
  @ConfigProperty(name = "vigil.service-account.secret-life", defaultValue = "P365D")
  private String secretLife;

  @Inject private PeerAccountStore store;
  @Inject private LoginGuard guard;
  @Inject private Sessions sessions;
  @Inject private Event<AuditEvent> audit;

  @Override
  public ServiceView authenticate(String clientId, char[] secret, String address) {
    String hash = RecoveryCodes.sha256(new String(secret));
    return guard.check(
        address, () -> TenantContext.asPlatform(() -> store.authenticate(clientId, hash)));
  }

  @Override
  public List<ServiceView> list(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.list(tenant));
  }

  @Override
  @Transactional
  public Issued create(TenantId tenant, String displayName, Set<RoleGrant> grants, Actor actor) {
    if (grants.isEmpty() || grants.stream().anyMatch(g -> !g.role().isService())) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", "roles", "problem", "are for services: RIS, PACS, EHR_SERVICE, SERVICE"));
    }
    String secret = secret();
    String clientId = "svc-" + UUID.randomUUID();
    record(
        actor,
        clientId,
        Map.of("change", "created", "roles", String.join(" ", RoleGrant.texts(grants))));
    ServiceView account =
        TenantContext.asPlatform(
            () ->
                store.create(
                    tenant, clientId, displayName, grants, RecoveryCodes.sha256(secret), life()));
    return new Issued(account, secret);
  }

  @Override
  @Transactional
  public Issued rotate(TenantId tenant, UUID id, Actor actor) {
    String secret = secret();
    ServiceView account =
        TenantContext.asPlatform(
            () -> store.rotate(tenant, id, RecoveryCodes.sha256(secret), life(), OVERLAP));
    record(actor, account.clientId(), Map.of("change", "secret rotated"));
    return new Issued(account, secret);
  }

  @Override
  @Transactional
  public void revoke(TenantId tenant, UUID id, Actor actor) {
    ServiceView account = TenantContext.asPlatform(() -> store.revoke(tenant, id));
    record(actor, account.clientId(), Map.of("change", "revoked"));
    sessions.endAll(tenant, account.clientId(), null, Sessions.EndReason.REVOKED, actor);
  }

  private Duration life() {
    return Duration.parse(secretLife);
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void record(Actor actor, String clientId, Map<String, String> details) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.SERVICE_ACCOUNT_CHANGED, actor).on(clientId).with(details));
  }
}
