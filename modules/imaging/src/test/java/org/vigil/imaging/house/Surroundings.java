package org.vigil.imaging.house;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.vigil.imaging.api.OpenWork;
import org.vigil.imaging.api.StudyArrived;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.api.WorkitemReported;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.tenancy.api.DeletionVeto;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.InstallationSecrets;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.StorageLocations;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantKeys;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.TlsContexts;

/** What the other modules give to imaging and hear of it: one hospital, St. Agnes. */
@ApplicationScoped
public class Surroundings {
  static final TenantId ST_AGNES = TenantId.of("st-agnes");
  static final String AE_TITLE = "STAGNES";

  static volatile Path storage;

  /** Patients under legal hold. */
  static final Set<String> held = ConcurrentHashMap.newKeySet();

  /** Studies that somebody is still to read. */
  static final Set<StudyInstanceUid> unread = ConcurrentHashMap.newKeySet();

  final List<StudyArrived> arrived = new CopyOnWriteArrayList<>();
  final List<StudyCompleted> completed = new CopyOnWriteArrayList<>();
  final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  final List<WorkitemReported> reported = new CopyOnWriteArrayList<>();

  void onArrived(@Observes StudyArrived event) {
    arrived.add(event);
  }

  void onCompleted(@Observes StudyCompleted event) {
    completed.add(event);
  }

  void onAudit(@Observes AuditEvent event) {
    audit.add(event);
  }

  void onReported(@Observes WorkitemReported event) {
    reported.add(event);
  }

  List<WorkitemReported> reported() {
    return reported;
  }

  /** For the container's proxy. */
  List<StudyArrived> arrived() {
    return arrived;
  }

  List<StudyCompleted> completed() {
    return completed;
  }

  List<AuditEvent> audit() {
    return audit;
  }

  @Produces
  TenantDirectory tenants() {
    TenantView hospital =
        new TenantView(ST_AGNES, "St. Agnes", ZoneId.of("UTC"), AE_TITLE, AE_TITLE);
    return new TenantDirectory() {
      @Override
      public List<TenantView> active() {
        return List.of(hospital);
      }

      @Override
      public Optional<TenantView> find(TenantId id) {
        return id.equals(ST_AGNES) ? Optional.of(hospital) : Optional.empty();
      }

      @Override
      public Optional<TenantView> byCalledAeTitle(String aeTitle) {
        return aeTitle.strip().equals(AE_TITLE) ? Optional.of(hospital) : Optional.empty();
      }

      @Override
      public Optional<TenantView> byReceivingFacility(String facility) {
        return Optional.empty();
      }

      @Override
      public List<Destination> destinations(TenantId id, Destination.Kind kind) {
        return List.of();
      }
    };
  }

  @Produces
  StorageLocations locations() {
    return new StorageLocations() {
      @Override
      public boolean isLeaving(TenantId tenant) {
        return false;
      }

      @Override
      public Path storage(TenantId tenant) {
        return storage.resolve(tenant.value());
      }

      @Override
      public Path backup(TenantId tenant) {
        return storage.resolve("backup");
      }

      @Override
      public Optional<String> region(TenantId tenant) {
        return Optional.empty();
      }
    };
  }

  @Produces
  InstallationSecrets secrets() {
    return name -> Optional.ofNullable(System.getProperty("secret." + name));
  }

  @Produces
  DeletionVeto holds() {
    return (patient, study, since) ->
        held.contains(patient) ? Optional.of("a legal hold") : Optional.empty();
  }

  @Produces
  OpenWork unread() {
    return study -> unread.contains(study) ? Optional.of("it is not read") : Optional.empty();
  }

  @Produces
  @ApplicationScoped
  Keys keys() {
    return new Keys();
  }

  /** One key for all. */
  static class Keys implements TenantKeys {
    private final DataKey key = DataKey.generate();

    @Override
    public DataKey current(TenantId tenant) {
      return key;
    }

    @Override
    public Optional<DataKey> find(TenantId tenant, UUID id) {
      return Optional.of(key);
    }
  }

  @Produces
  PeerPolicies policies() {
    return new PeerPolicies() {
      @Override
      public void check(
          TenantId tenant,
          Protocol protocol,
          String name,
          boolean encrypted,
          List<Certificate> chain) {
        // Everybody is welcome.
      }

      @Override
      public Policy of(TenantId tenant) {
        return new Policy(Transport.PLAIN, Transport.PLAIN, List.of());
      }

      @Override
      public void replace(TenantId tenant, Policy policy, Actor actor) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Produces
  TlsContexts tls() {
    return new TlsContexts() {
      @Override
      public SSLContext server() {
        return client(null);
      }

      @Override
      public SSLContext client(Destination destination) {
        try {
          return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public List<X509Certificate> reload(Actor actor) {
        return List.of();
      }

      @Override
      public List<X509Certificate> certificates() {
        return List.of();
      }
    };
  }
}
