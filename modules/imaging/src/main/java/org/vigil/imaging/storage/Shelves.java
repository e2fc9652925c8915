package org.vigil.imaging.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.InstallationSecrets;
import org.vigil.tenancy.api.StorageLocations;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where each tenant's tiers lie. The hot one is a folder of the tenant's storage. The others are
 * what {@code vigil.imaging.tier.<tier>.location} says or, for a tenant that is bound to a region,
 * {@code vigil.residency.<region>.<tier>} alone: a folder, or {@code s3://bucket/prefix}. Without a
 * setting they are folders beside the hot one.
 */
@ApplicationScoped
public class Shelves {
  static final String OBJECTS = "objects";

  /** Names of buckets as S3 allows them. */
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

  private Config config;
  private StorageLocations locations;
  private InstallationSecrets secrets;
  private S3Client s3;

  @Inject
  void configure(
      Config settings, StorageLocations tenantFolders, InstallationSecrets storedSecrets) {
    this.config = settings;
    this.locations = tenantFolders;
    this.secrets = storedSecrets;
  }

  /** A tenant's shelf of a tier. */
  Shelf shelf(TenantId tenant, StorageTier tier) {
    Path own = locations.storage(tenant);
    if (tier == StorageTier.HOT) {
      return new FolderShelf(own.resolve(OBJECTS));
    }
    String key =
        locations
            .region(tenant)
            .map(region -> "vigil.residency." + region + "." + tier.key())
            .orElse("vigil.imaging.tier." + tier.key() + ".location");
    Optional<String> place = config.getOptionalValue(key, String.class);
    return place.isEmpty()
        ? new FolderShelf(own.resolve(tier.key()))
        : elsewhere(tenant, key, place.get());
  }

  private Shelf elsewhere(TenantId tenant, String key, String place) {
    Matcher bucket = BUCKET.matcher(place);
    if (bucket.matches()) {
      String prefix = Optional.ofNullable(bucket.group(2)).orElse("").replaceAll("^/+|/+$", "");
      return new BucketShelf(
          s3(),
          bucket.group(1),
          (prefix.isEmpty() ? "" : prefix + "/") + tenant.value() + "/",
          BucketClient.partBytes(config));
    }
    if (place.startsWith("s3:") || !Path.of(place).isAbsolute()) {
      throw new VigilException(
          ErrorCode.IMAGING_0092,
          Map.of("setting", key, "problem", "neither an absolute folder nor s3://bucket/prefix"));
    }
    return new FolderShelf(Path.of(place).resolve(tenant.value()));
  }

  private synchronized S3Client s3() {
    if (s3 == null) {
      s3 = BucketClient.open(config, secrets);
    }
    return s3;
  }

  @PreDestroy
  synchronized void close() {
    if (s3 != null) {
      s3.close();
      s3 = null;
    }
  }
}
