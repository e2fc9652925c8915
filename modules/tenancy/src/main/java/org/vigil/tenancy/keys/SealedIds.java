package org.vigil.tenancy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.SealedText;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantKeys;

/** Ids sealed by the hospital's data key, bound to the hospital and the queue. */
@ApplicationScoped
public class SealedIds implements QueuedIds {
  private static final Logger LOG = LoggerFactory.getLogger(SealedIds.class);

  private final TenantKeys keys;
  private final Refusals refusals;

  @Inject
  public SealedIds(TenantKeys keys, Refusals refusals) {
    this.keys = keys;
    this.refusals = refusals;
  }

  /** For the container's proxy. */
  protected SealedIds() {
    this(null, null);
  }

  @Override
  public String seal(String queue, UUID id) {
    TenantId tenant = TenantContext.current();
    return SealedText.seal(keys.current(tenant), context(tenant, queue), id.toString());
  }

  @Override
  public Optional<UUID> open(TenantId tenant, String queue, String text) {
    try {
      return Optional.of(
          UUID.fromString(SealedText.open(id -> keyOf(tenant, id), context(tenant, queue), text)));
    } catch (GeneralSecurityException e) {
      return refused(tenant, queue, e);
    } catch (VigilException e) {
      // A key that is there and cannot be unwrapped says nothing of the message: it must wait.
      if (e.code() != ErrorCode.CRYPTO_0007) {
        throw e;
      }
      return refused(tenant, queue, e);
    }
  }

  private DataKey keyOf(TenantId tenant, UUID id) {
    return keys.find(tenant, id)
        .orElseThrow(() -> new VigilException(ErrorCode.CRYPTO_0007, Map.of("key", id)));
  }

  private Optional<UUID> refused(TenantId tenant, String queue, Exception e) {
    LOG.error("{} for {} from queue {}", ErrorCode.CRYPTO_0007.text(), tenant, queue, e);
    TenantContext.run(tenant, () -> refusals.record(queue));
    return Optional.empty();
  }

  private static String context(TenantId tenant, String queue) {
    return queue + "\n" + tenant.value();
  }

  /** The refusal in the trail of the hospital that the message named. */
  @ApplicationScoped
  public static class Refusals {
    @Inject private Event<AuditEvent> audit;

    /** Records it. */
    @Transactional(TxType.REQUIRED)
    public void record(String queue) {
      audit.fire(
          AuditEvent.of(AuditEvent.Action.MESSAGE_REFUSED, Actor.system("tenancy"))
              .outcome(AuditEvent.Outcome.REFUSED)
              .on(queue)
              .with(Map.of("code", ErrorCode.CRYPTO_0007.id())));
    }
  }
}
