package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.api.TenantStatus.State;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants;

/** The tenants in memory, since every edge asks on every message; and how new ones come in. */
@ApplicationScoped
public class TenantRegistry implements TenantDirectory, Tenants {
  private final TenantStore store;
  private final SchemaMigrations migrations;
  private final Residency residency;
  private final Event<AuditEvent> audit;

  private volatile Snapshot snapshot;

  @Inject
  public TenantRegistry(
      TenantStore store,
      SchemaMigrations migrations,
      Residency residency,
      Event<AuditEvent> audit) {
    this.store = store;
    this.migrations = migrations;
    this.residency = residency;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected TenantRegistry() {
    this(null, null, null, null);
  }

  @Override
  public TenantView create(CreateTenant command, Actor actor) {
    return TenantContext.asPlatform(
        () -> {
          store.describe(command, residency.place(command.id(), command.placement()));
          migrations.prepareTenant(command.id());
          TenantView tenant = store.activate(command.id());
          refresh();
          audit.fire(
              AuditEvent.of(AuditEvent.Action.TENANT_CREATED, actor).on(command.id().value()));
          return tenant;
        });
  }

  /** Reads the tenants anew with the next question. */
  public void refresh() {
    snapshot = null;
  }

  @Override
  public List<TenantView> active() {
    return snapshot().active();
  }

  @Override
  public Optional<TenantView> find(TenantId id) {
    return Optional.ofNullable(snapshot().byId().get(id));
  }

  @Override
  public List<TenantStatus> closed() {
    return snapshot().closed();
  }

  @Override
  public Optional<TenantView> byCalledAeTitle(String aeTitle) {
    return Optional.ofNullable(snapshot().byAeTitle().get(aeTitle.trim()));
  }

  @Override
  public Optional<TenantView> byReceivingFacility(String facility) {
    return Optional.ofNullable(snapshot().byFacility().get(folded(facility)));
  }

  @Override
  public List<Destination> destinations(TenantId id, Destination.Kind kind) {
    return snapshot().destinations().getOrDefault(id, List.of()).stream()
        .filter(d -> d.kind() == kind)
        .toList();
  }

  @Override
  public Optional<Integer> queueShare(TenantId id) {
    return Optional.ofNullable(snapshot().shares().get(id));
  }

  /** Open tenants whose waiting work is still to be queued again. */
  List<TenantId> reopening() {
    return snapshot().reopening();
  }

  private Snapshot snapshot() {
    Snapshot known = snapshot;
    if (known == null) {
      known =
          TenantContext.asPlatform(
              () ->
                  Snapshot.of(
                      store.all().stream().map(residency::checked).toList(), store.destinations()));
      snapshot = known;
    }
    return known;
  }

  private static String folded(String facility) {
    return facility.trim().toUpperCase(Locale.ROOT);
  }

  private record Snapshot(
      List<TenantView> active,
      Map<TenantId, TenantView> byId,
      Map<String, TenantView> byAeTitle,
      Map<String, TenantView> byFacility,
      List<TenantStatus> closed,
      List<TenantId> reopening,
      Map<TenantId, Integer> shares,
      Map<TenantId, List<Destination>> destinations) {

    static Snapshot of(List<TenantStatus> all, Map<TenantId, List<Destination>> destinations) {
      List<TenantView> active =
          all.stream().filter(t -> t.refusal().isEmpty()).map(TenantStatus::tenant).toList();
      Map<TenantId, TenantView> byId = new HashMap<>();
      Map<String, TenantView> byAeTitle = new HashMap<>();
      Map<String, TenantView> byFacility = new HashMap<>();
      for (TenantView tenant : active) {
        byId.put(tenant.id(), tenant);
        byAeTitle.put(tenant.aeTitle(), tenant);
        byFacility.put(folded(tenant.receivingFacility()), tenant);
      }
      return new Snapshot(
          active.stream().sorted(Comparator.comparing(t -> t.id().value())).toList(),
          Map.copyOf(byId),
          Map.copyOf(byAeTitle),
          Map.copyOf(byFacility),
          all.stream()
              .filter(t -> t.refusal().isPresent())
              .filter(t -> t.state() != State.CREATING && t.state() != State.ERASING)
              .toList(),
          all.stream()
              .filter(t -> t.refusal().isEmpty() && t.reopening())
              .map(t -> t.tenant().id())
              .toList(),
          all.stream()
              .filter(t -> t.queueShare() != null)
              .collect(Collectors.toMap(t -> t.tenant().id(), TenantStatus::queueShare)),
          destinations);
    }
  }
}
