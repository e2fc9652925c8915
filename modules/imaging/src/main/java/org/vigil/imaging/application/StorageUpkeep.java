package org.vigil.imaging.application;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.api.StorageVerifications;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Reads stored objects back and compares them with the SHA-256 of what was received, and encrypts
 * what an earlier version stored in the clear. Damage is told, never mended: what was received is
 * evidence.
 */
@ApplicationScoped
public class StorageUpkeep implements StorageVerifications {
  private static final Logger LOG = LoggerFactory.getLogger(StorageUpkeep.class);
  private static final int FILES_AT_A_TIME = 200;
  private static final int BUFFER = 256 * 1024;
  private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Set<TenantId> running = ConcurrentHashMap.newKeySet();

  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private StorageLedger ledger;
  @Inject private ObjectStore store;
  @Inject private TenantDirectory tenants;

  private volatile boolean stopped;

  @Override
  public UUID start(Actor actor) {
    TenantId tenant = TenantContext.current();
    if (!running.add(tenant)) {
      throw new VigilException(
          ErrorCode.KERNEL_0005, Map.of("problem", "a verification is running"));
    }
    try {
      Run run = new Run(tenant, UUID.randomUUID(), Clock.systemUTC().instant());
      ledger.begin(run.id, run.startedAt, actor);
      threads.newThread(run).start();
      return run.id;
    } catch (RuntimeException e) {
      running.remove(tenant);
      throw e;
    }
  }

  @Override
  public Verification find(UUID id) {
    return ledger.find(id);
  }

  /** Encrypts, hospital by hospital, what lies in the clear; returns when nothing does. */
  public void encryptEarlierObjects() {
    for (TenantView tenant : tenants.active()) {
      // A look at every hospital is no work for it: clocks would take it up for all of them.
      try (TenantContext.Scope scope = TenantContext.visit(tenant.id())) {
        long encrypted = 0;
        List<InstanceEntity> batch = ledger.inTheClear("");
        while (!batch.isEmpty() && !stopped) {
          for (InstanceEntity object : batch) {
            if (encrypt(tenant.id(), object)) {
              encrypted++;
            }
          }
          batch = ledger.inTheClear(batch.get(batch.size() - 1).sopInstanceUid());
        }
        if (encrypted > 0) {
          LOG.info("{} objects of {} that lay in the clear are encrypted", encrypted, tenant.id());
        }
      } catch (RuntimeException e) {
        LOG.error(
            "Objects of {} could not be encrypted; tried again at next start", tenant.id(), e);
      }
      // In no hurry: a thousand hospitals without a plain file are not to delay the start.
      LockSupport.parkNanos(BREATH_NANOS);
      if (stopped) {
        return;
      }
    }
  }

  /** Ends what runs, at the next object. */
  public void stop() {
    stopped = true;
  }

  private boolean encrypt(TenantId tenant, InstanceEntity object) {
    try (Draft draft = store.begin(tenant);
        InputStream plain = store.source(tenant, object.location(), null).open(0)) {
      plain.transferTo(draft.out());
      draft.seal();
      if (!draft.sha256().equals(object.sha256())) {
        LOG.error("Object {} is damaged; it stays as it is", object.sopInstanceUid());
        return false;
      }
      String location = object.location() + ".enc";
      draft.keep(location);
      ledger.stored(object.sopInstanceUid(), location, draft.storedAs());
      store.remove(tenant, object.location());
      return true;
    } catch (IOException e) {
      LOG.error("Object {} cannot be read; it stays as it is", object.sopInstanceUid(), e);
      return false;
    }
  }

  /** One verification of one hospital. */
  private final class Run implements Runnable {
    private final TenantId tenant;
    private final UUID id;
    private final Instant startedAt;
    private long objects;
    private long bytes;
    private long encrypted;

    Run(TenantId tenant, UUID id, Instant startedAt) {
      this.tenant = tenant;
      this.id = id;
      this.startedAt = startedAt;
    }

    @Override
    public void run() {
      try (TenantContext.Scope scope = TenantContext.enter(tenant)) {
        String failure = null;
        try {
          verifyObjects();
          lookForForeignFiles();
        } catch (RuntimeException e) {
          LOG.error("Verification {} of {} broke off", id, tenant, e);
          failure = e instanceof VigilException v ? v.code().id() : ErrorCode.KERNEL_0001.id();
        }
        if (stopped && failure == null) {
          failure = "the server was stopped";
        }
        Verification ended =
            ledger.end(id, objects, bytes, encrypted, Clock.systemUTC().instant(), failure);
        LOG.info(
            "Storage of {} verified: {} objects, {} findings",
            tenant,
            objects,
            ended.findings().size());
      } catch (RuntimeException e) {
        LOG.error("Verification {} of {} could not be recorded", id, tenant, e);
      } finally {
        running.remove(tenant);
      }
    }

    private void verifyObjects() {
      List<InstanceEntity> batch = ledger.after("");
      while (!batch.isEmpty() && !stopped) {
        batch.forEach(this::verify);
        ledger.progress(id, objects, bytes, encrypted);
        batch = ledger.after(batch.get(batch.size() - 1).sopInstanceUid());
      }
    }

    private void verify(InstanceEntity object) {
      objects++;
      bytes += object.storedBytes();
      try {
        ByteSource source = store.source(tenant, object.location(), object.storedAs());
        if (!sha256(source).equals(object.storedSha256())) {
          found(Kind.DAMAGED, object, "its bytes are not those stored (SHA-256)");
        } else if (object.storedAs() == null && encrypt(tenant, object)) {
          encrypted++;
        }
      } catch (NoSuchFileException | FileNotFoundException e) {
        found(Kind.MISSING, object, "no file");
      } catch (IOException e) {
        found(Kind.DAMAGED, object, String.valueOf(e.getMessage()));
      } catch (VigilException e) {
        found(Kind.DAMAGED, object, e.code().id() + " " + e.code().text());
      }
    }

    private void lookForForeignFiles() {
      try (Stream<String> locations = store.locations(tenant)) {
        Iterator<String> all = locations.iterator();
        while (all.hasNext() && !stopped) {
          List<String> some = new ArrayList<>();
          while (all.hasNext() && some.size() < FILES_AT_A_TIME) {
            some.add(all.next());
          }
          Set<String> known = ledger.known(some);
          some.stream()
              .filter(location -> !known.contains(location))
              // Its row may not be committed yet.
              .filter(location -> store.isOlderThan(tenant, location, startedAt))
              .forEach(
                  location ->
                      ledger.found(
                          id, new Finding(Kind.FOREIGN, location, null, "no object lies here")));
        }
      }
    }

    private void found(Kind kind, InstanceEntity object, String problem) {
      ledger.found(id, new Finding(kind, object.location(), object.sopInstanceUid(), problem));
      LOG.error("Object {} of {}: {}, {}", object.sopInstanceUid(), tenant, kind, problem);
    }
  }

  private static String sha256(ByteSource source) throws IOException {
    try (InputStream in = source.open(0)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
