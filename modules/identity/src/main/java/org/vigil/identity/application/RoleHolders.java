package org.vigil.identity.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.AccessReviews;
import org.vigil.identity.api.Accounts;
import org.vigil.identity.api.ServiceAccounts;
import org.vigil.identity.persistence.PermissionUseEntity;
import org.vigil.identity.persistence.PermissionUseEntity.Key;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.Permission.Area;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;

/** Access reviews. Uses are gathered in memory and written once a minute. */
@ApplicationScoped
public class RoleHolders implements AccessReviews {
  private static final Logger LOG = LoggerFactory.getLogger(RoleHolders.class);
  private static final Duration UNUSED_AFTER = Duration.ofDays(90);
  private static final long FLUSH_SECONDS = 60;

  @Inject private PermissionUseStore store;
  @Inject private Accounts accounts;
  @Inject private ServiceAccounts services;

  @Resource private ManagedScheduledExecutorService scheduler;

  private final Map<Key, Instant> gathered = new ConcurrentHashMap<>();
  private ScheduledFuture<?> flushing;

  @PostConstruct
  void start() {
    flushing =
        scheduler.scheduleWithFixedDelay(
            this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    flushing.cancel(false);
  }

  @Override
  public void used(TenantId tenant, String userName, Permission permission) {
    gathered.put(new Key(tenant.value(), userName, permission.area()), Instant.now());
  }

  @Override
  public List<Line> review(TenantId tenant) {
    TenantContext.<Void>asPlatform(
        () -> {
          flush();
          return null;
        });
    Map<String, Map<Area, Instant>> uses = new HashMap<>();
    for (PermissionUseEntity use : TenantContext.asPlatform(() -> store.of(tenant))) {
      uses.computeIfAbsent(use.key().userName(), u -> new EnumMap<>(Area.class))
          .put(use.key().area(), use.lastUsedAt());
    }
    List<Line> lines = new ArrayList<>();
    accounts
        .list(tenant)
        .forEach(
            a ->
                lines.add(
                    line(
                        new Holder(
                            a.userName(),
                            a.displayName(),
                            a.ofDirectory() ? "directory" : "account",
                            a.grants()),
                        a.enabled(),
                        a.secondFactor(),
                        a.lastLoginAt(),
                        uses.remove(a.userName()))));
    services
        .list(tenant)
        .forEach(
            s ->
                lines.add(
                    line(
                        new Holder(s.clientId(), s.displayName(), "service", s.grants()),
                        s.enabled(),
                        false,
                        s.lastUsedAt(),
                        uses.remove(s.clientId()))));
    uses.forEach(
        (user, use) ->
            lines.add(
                new Line(user, user, "openid", List.of(), true, false, null, use, List.of())));
    lines.sort(Comparator.comparing(Line::userName));
    return lines;
  }

  private static Line line(
      Holder holder,
      boolean enabled,
      boolean secondFactor,
      Instant lastLoginAt,
      Map<Area, Instant> uses) {
    Map<Area, Instant> lastUse = new EnumMap<>(Area.class);
    Set<Area> unused = EnumSet.noneOf(Area.class);
    Instant then = Instant.now().minus(UNUSED_AFTER);
    for (Permission permission : new AccessRights(holder.grants()).permissions()) {
      Instant used = uses == null ? null : uses.get(permission.area());
      lastUse.put(permission.area(), used);
      if (used == null || used.isBefore(then)) {
        unused.add(permission.area());
      }
    }
    return new Line(
        holder.userName(),
        holder.displayName(),
        holder.kind(),
        RoleGrant.texts(holder.grants()),
        enabled,
        secondFactor,
        lastLoginAt,
        lastUse,
        List.copyOf(unused));
  }

  private void flush() {
    Map<Key, Instant> uses = new HashMap<>(gathered);
    if (uses.isEmpty()) {
      return;
    }
    try {
      store.write(uses);
      uses.forEach(gathered::remove);
    } catch (RuntimeException e) {
      LOG.warn("The use of permissions could not be written; it is tried again shortly", e);
    }
  }

  private record Holder(String userName, String displayName, String kind, Set<RoleGrant> grants) {}
}
