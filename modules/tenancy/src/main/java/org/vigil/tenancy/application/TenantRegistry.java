package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants;

/** The tenants in memory, since every edge asks on every message; and how new ones come in. */
@ApplicationScoped
public class TenantRegistry implements TenantDirectory, Tenants {
  private final TenantStore store;
  private final SchemaMigrations migrations;
  private final Event<AuditEvent> audit;

  private volatile Snapshot snapshot;

  @Inject
  public TenantRegistry(TenantStore store, SchemaMigrations migrations, Event<AuditEvent> audit) {
    this.store = store;
    this.migrations = migrations;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected TenantRegistry() {
    this(null, null, null);
  }

  @Override
  public TenantView create(CreateTenant command) {
    return TenantContext.asPlatform(
        () -> {
          store.describe(command);
          migrations.prepareTenant(command.id());
          TenantView tenant = store.activate(command.id());
          snapshot = null;
          audit.fire(
              AuditEvent.of(AuditEvent.Action.TENANT_CREATED, Actor.system("tenancy"))
                  .on(command.id().value()));
          return tenant;
        });
  }

  @Override
  public List<TenantView> active() {
    return List.copyOf(snapshot().byId().values());
  }

  @Override
  public Optional<TenantView> find(TenantId id) {
    return Optional.ofNullable(snapshot().byId().get(id));
  }

  @Override
  public Optional<TenantView> byCalledAeTitle(String aeTitle) {
    return active().stream().filter(t -> t.aeTitle().equals(aeTitle.trim())).findFirst();
  }

  @Override
  public Optional<TenantView> byReceivingFacility(String facility) {
    return active().stream()
        .filter(t -> t.receivingFacility().equalsIgnoreCase(facility.trim()))
        .findFirst();
  }

  @Override
  public List<Destination> destinations(TenantId id, Destination.Kind kind) {
    return snapshot().destinations().getOrDefault(id, List.of()).stream()
        .filter(d -> d.kind() == kind)
        .toList();
  }

  private Snapshot snapshot() {
    Snapshot known = snapshot;
    if (known == null) {
      known =
          TenantContext.asPlatform(
              () ->
                  new Snapshot(
                      store.active().stream().collect(Collectors.toMap(TenantView::id, t -> t)),
                      store.destinations()));
      snapshot = known;
    }
    return known;
  }

  private record Snapshot(
      Map<TenantId, TenantView> byId, Map<TenantId, List<Destination>> destinations) {}
}
