package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.StorageLocations;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.api.TenantStatus.State;
import org.vigil.tenancy.api.Tenants.Placement;

/**
 * Where tenants' data may lie. A region names one root for objects and one for archives ({@code
 * vigil.residency.<region>.storage} and {@code .backup}); without any region everything lies under
 * {@code vigil.home}. A tenant's folders are inside its region's roots or its edges stay closed.
 */
@ApplicationScoped
public class Residency implements StorageLocations {
  private static final String PREFIX = "vigil.residency.";

  private final Map<TenantId, Path> storage = new ConcurrentHashMap<>();
  private final Set<TenantId> leaving = ConcurrentHashMap.newKeySet();
  private final Map<TenantId, Optional<String>> regions = new ConcurrentHashMap<>();
  private Config config;
  private TenantStore store;

  protected Residency() {}

  @Inject
  public Residency(Config config, TenantStore store) {
    this.config = config;
    this.store = store;
  }

  /** The roots of a region. */
  record Roots(Path storage, Path backup) {}

  /**
   * Where a new tenant's data are to lie.
   *
   * @throws VigilException TENANCY-0015 when the region is unknown or a folder lies outside it
   */
  Placement place(TenantId tenant, Placement wanted) {
    if (wanted == null) {
      return null;
    }
    check(tenant, wanted.region(), wanted.storageRoot(), wanted.backupRoot());
    return wanted;
  }

  /** The status, closed where the data lie outside what the region allows. */
  TenantStatus checked(TenantStatus status) {
    if (status.refusal().isPresent()) {
      return status;
    }
    try {
      check(status.tenant().id(), status.region(), status.storageRoot(), status.backupRoot());
      return status;
    } catch (VigilException e) {
      return status.closed(State.MISPLACED, e.getMessage());
    }
  }

  /**
   * Insists that a tenant's data lie where its region allows.
   *
   * @throws VigilException TENANCY-0015
   */
  public void require(TenantStatus status) {
    check(status.tenant().id(), status.region(), status.storageRoot(), status.backupRoot());
  }

  /**
   * Insists that a file lies in a folder of archives of this installation.
   *
   * @throws VigilException TENANCY-0015 when it does not
   */
  public void requireArchive(Path file) {
    List<Path> allowed = new ArrayList<>();
    allowed.add(Path.of(config.getValue("vigil.home", String.class)).resolve("backup"));
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(PREFIX) && name.endsWith(".backup")) {
        allowed.add(Path.of(config.getValue(name, String.class)));
      }
    }
    try {
      Path real = file.toRealPath();
      for (Path root : allowed) {
        if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
          return;
        }
      }
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.TENANCY_0016, Map.of("problem", "the archive cannot be read"), e);
    }
    throw new VigilException(
        ErrorCode.TENANCY_0015, Map.of("field", "archive", "allowed", allowed.toString()));
  }

  /** Makes a folder that only the server's user can read. */
  public static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Override
  public Path storage(TenantId tenant) {
    // Decided at creation and asked for every object: kept.
    return storage.computeIfAbsent(tenant, t -> folder(t, true));
  }

  /** Its data are about to be deleted. */
  public void leave(TenantId tenant) {
    leaving.add(tenant);
  }

  @Override
  public boolean isLeaving(TenantId tenant) {
    return leaving.contains(tenant);
  }

  /** A tenant of this id may come again elsewhere. */
  public void forget(TenantId tenant) {
    storage.remove(tenant);
    leaving.remove(tenant);
    regions.remove(tenant);
  }

  @Override
  public Path backup(TenantId tenant) {
    return folder(tenant, false);
  }

  @Override
  public Optional<String> region(TenantId tenant) {
    return regions.computeIfAbsent(
        tenant, t -> Optional.ofNullable(TenantContext.asPlatform(() -> store.status(t)).region()));
  }

  private Path folder(TenantId tenant, boolean storage) {
    TenantStatus status = TenantContext.asPlatform(() -> store.status(tenant));
    Roots roots = roots(tenant, status.region());
    String own = storage ? status.storageRoot() : status.backupRoot();
    return own != null
        ? Path.of(own)
        : (storage ? roots.storage() : roots.backup()).resolve(tenant.value());
  }

  private void check(TenantId tenant, String region, String storage, String backup) {
    Roots roots = roots(tenant, region);
    inside(tenant, "storageRoot", storage, roots.storage());
    inside(tenant, "backupRoot", backup, roots.backup());
  }

  private Roots roots(TenantId tenant, String region) {
    if (region == null) {
      Path home = Path.of(config.getValue("vigil.home", String.class));
      return new Roots(home.resolve("storage"), home.resolve("backup"));
    }
    Optional<String> storage = root(region, "storage");
    Optional<String> backup = root(region, "backup");
    if (storage.isEmpty() || backup.isEmpty()) {
      throw new VigilException(
          ErrorCode.TENANCY_0015,
          Map.of(
              "tenant",
              tenant.value(),
              "region",
              region,
              "problem",
              "vigil.residency.<region>.storage and .backup are not both set"));
    }
    return new Roots(Path.of(storage.get()), Path.of(backup.get()));
  }

  private Optional<String> root(String region, String what) {
    return region.matches("[a-z][a-z0-9-]{0,31}")
        ? config.getOptionalValue(PREFIX + region + "." + what, String.class)
        : Optional.empty();
  }

  private static void inside(TenantId tenant, String field, String folder, Path root) {
    if (folder == null) {
      return;
    }
    Path wanted = Path.of(folder);
    // Compared as given and without "..": a folder that only looks inside is refused.
    if (!wanted.isAbsolute()
        || !wanted.equals(wanted.normalize())
        || !wanted.startsWith(root.toAbsolutePath().normalize())
        || wanted.equals(root.toAbsolutePath().normalize())) {
      throw new VigilException(
          ErrorCode.TENANCY_0015,
          Map.of("tenant", tenant.value(), "field", field, "allowed", root.toString()));
    }
  }
}
