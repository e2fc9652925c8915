package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.identity.api.OpenIdProviders;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantContext;

/**
 * OpenID providers in memory, since every request with a token of theirs asks; read again at a
 * change and every minute, for changes made elsewhere.
 */
@ApplicationScoped
public class KnownProviders implements OpenIdProviders {
  private static final Duration FRESH = Duration.ofMinutes(1);

  @Inject private ProviderStore store;
  @Inject private SealedSecrets sealed;
  @Inject private Event<AuditEvent> audit;

  private volatile List<Provider> known = List.of();
  private volatile Instant readAt = Instant.EPOCH;

  @Override
  public Optional<Provider> find(TenantId tenant) {
    return all().stream().filter(p -> p.tenant().equals(tenant)).findFirst();
  }

  @Override
  public Optional<Provider> byIssuer(String issuer, Collection<String> audiences) {
    return all().stream()
        .filter(p -> p.issuer().equals(issuer) && audiences.contains(p.audience()))
        .findFirst();
  }

  @Override
  @Transactional
  public Provider describe(Provider wanted, char[] clientSecret, Actor actor) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("identity-provider")
            .with(Map.of("issuer", wanted.issuer(), "audience", wanted.audience())));
    byte[] secret = clientSecret == null ? null : sealed(wanted.tenant(), clientSecret);
    TenantContext.<Void>asPlatform(
        () -> {
          store.describe(wanted, secret);
          return null;
        });
    readAt = Instant.EPOCH;
    return wanted;
  }

  @Override
  @Transactional
  public void remove(TenantId tenant, Actor actor) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("identity-provider")
            .with(Map.of("change", "removed")));
    TenantContext.<Void>asPlatform(
        () -> {
          store.remove(tenant);
          return null;
        });
    readAt = Instant.EPOCH;
  }

  @Override
  public Optional<char[]> clientSecret(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.sealedSecret(tenant))
        .map(closed -> sealed.open(closed, owner(tenant)))
        .map(open -> StandardCharsets.UTF_8.decode(ByteBuffer.wrap(open)).toString().toCharArray());
  }

  private byte[] sealed(TenantId tenant, char[] secret) {
    if (secret.length == 0) {
      return new byte[0];
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
    return sealed.seal(Arrays.copyOf(bytes.array(), bytes.limit()), owner(tenant));
  }

  private static String owner(TenantId tenant) {
    return tenant.value() + "/openid-client";
  }

  private List<Provider> all() {
    if (Instant.now().isAfter(readAt.plus(FRESH))) {
      known = TenantContext.asPlatform(store::all);
      readAt = Instant.now();
    }
    return known;
  }
}
