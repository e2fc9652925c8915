package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantLifecycle;
import org.vigil.tenancy.api.TenantReopened;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.persistence.TenantEntity;

/** Closing and opening tenants' edges. */
@ApplicationScoped
public class TenantTransitions implements TenantLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TenantTransitions.class);

  @Inject private TenantStore store;
  @Inject private TenantRegistry registry;
  @Inject private Residency residency;
  @Inject private SchemaMigrations migrations;
  @Inject private Event<TenantClosed> closed;
  @Inject private Event<TenantReopened> reopened;

  @Override
  public List<TenantStatus> all() {
    return TenantContext.asPlatform(store::all).stream().map(residency::checked).toList();
  }

  @Override
  public TenantStatus status(TenantId id) {
    return residency.checked(TenantContext.asPlatform(() -> store.status(id)));
  }

  @Override
  public TenantStatus suspend(TenantId id, String reason, Actor actor) {
    String why = Reasons.required(reason);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    TenantStatus status =
        change(
            id,
            t -> t.suspend(why, actor.name(), now),
            AuditEvent.of(Action.TENANT_SUSPENDED, actor)
                .on(id.value())
                .with(Map.of("reason", why)));
    closed.fire(new TenantClosed(id));
    return status;
  }

  @Override
  public TenantStatus resume(TenantId id, String reason, Actor actor) {
    String why = Reasons.required(reason);
    TenantStatus status =
        change(
            id,
            TenantEntity::resume,
            AuditEvent.of(Action.TENANT_RESUMED, actor).on(id.value()).with(Map.of("reason", why)));
    reopen(id);
    return status;
  }

  @Override
  public TenantStatus migrate(TenantId id, Actor actor) {
    TenantStatus before = TenantContext.asPlatform(() -> store.status(id));
    boolean done = migrations.migrate(id);
    TenantStatus after =
        change(
            id,
            t -> {
              if (done && before.state() == TenantStatus.State.MIGRATION_FAILED) {
                t.awaitReopening();
              }
            },
            AuditEvent.of(Action.TENANT_MIGRATED, actor)
                .outcome(done ? AuditEvent.Outcome.SUCCESS : AuditEvent.Outcome.FAILURE)
                .on(id.value()));
    if (!done) {
      throw new VigilException(
          ErrorCode.TENANCY_0014,
          Map.of("tenant", id.value(), "problem", String.valueOf(after.explanation())));
    }
    reopen(id);
    return after;
  }

  /** Queues what waited at tenants that were opened when the server ended. */
  public void reopenPending() {
    registry.reopening().forEach(this::reopen);
  }

  /** Lets those who keep waiting work queue it; what fails is tried again at the next start. */
  public void reopen(TenantId id) {
    if (registry.find(id).isEmpty()) {
      return;
    }
    try {
      TenantContext.asPlatform(
          () -> {
            TenantContext.run(id, () -> reopened.fire(new TenantReopened(id)));
            return store.change(id, TenantEntity::reopened, null);
          });
      registry.refresh();
    } catch (RuntimeException e) {
      LOG.error(
          "What waited at tenant {} could not be queued; tried again at the next start", id, e);
    }
  }

  private TenantStatus change(TenantId id, Consumer<TenantEntity> how, AuditEvent event) {
    TenantStatus status = TenantContext.asPlatform(() -> store.change(id, how, event));
    registry.refresh();
    return residency.checked(status);
  }
}
