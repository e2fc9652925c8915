package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vigil.identity.api.SecondFactors;
import org.vigil.identity.domain.Base32;
import org.vigil.identity.domain.RecoveryCodes;
import org.vigil.identity.domain.Totp;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Setting up and taking away authenticator apps. */
@ApplicationScoped
public class AuthenticatorApps implements SecondFactors {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject private AccountStore store;
  @Inject private SealedSecrets sealed;
  @Inject private Event<AuditEvent> audit;

  @Override
  public Enrolment enrol(TenantId tenant, String userName) {
    byte[] secret = new byte[Totp.SECRET_BYTES];
    RANDOM.nextBytes(secret);
    byte[] closed = sealed.seal(secret, LocalAccounts.owner(tenant, userName));
    TenantContext.<Void>asPlatform(
        () ->
            store.change(
                tenant,
                userName,
                account -> {
                  if (account.hasSecondFactor()) {
                    throw new VigilException(ErrorCode.KERNEL_0005);
                  }
                  account.offerTotp(closed);
                  return null;
                }));
    String text = Base32.encode(secret);
    String label = "Vigil:" + userName + "@" + tenant.value();
    return new Enrolment(
        text,
        "otpauth://totp/"
            + URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20")
            + "?secret="
            + text
            + "&issuer=Vigil");
  }

  @Override
  @Transactional
  public List<String> confirm(TenantId tenant, String userName, String code, Actor actor) {
    List<String> codes = RecoveryCodes.fresh();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.SECOND_FACTOR_CHANGED, actor)
            .on(userName)
            .with(Map.of("change", "set up")));
    TenantContext.<Void>asPlatform(
        () ->
            store.change(
                tenant,
                userName,
                account -> {
                  if (account.totpSecret() == null || account.hasSecondFactor()) {
                    throw new VigilException(ErrorCode.KERNEL_0005);
                  }
                  byte[] secret =
                      sealed.open(account.totpSecret(), LocalAccounts.owner(tenant, userName));
                  OptionalLong step = Totp.matchingStep(secret, code, Instant.now(), 0);
                  if (step.isEmpty()) {
                    throw new VigilException(ErrorCode.IDENTITY_0008);
                  }
                  account.confirmTotp(
                      step.getAsLong(),
                      codes.stream().map(RecoveryCodes::hash).collect(Collectors.toSet()));
                  return null;
                }));
    return codes;
  }

  @Override
  @Transactional
  public void remove(TenantId tenant, String userName, Actor actor) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.SECOND_FACTOR_CHANGED, actor)
            .on(userName)
            .with(Map.of("change", "removed")));
    TenantContext.<Void>asPlatform(
        () ->
            store.change(
                tenant,
                userName,
                account -> {
                  account.removeTotp();
                  return null;
                }));
  }
}
