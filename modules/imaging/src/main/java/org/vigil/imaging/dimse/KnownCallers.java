package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.imaging.api.AllowedCallers;
import org.vigil.imaging.application.AllowedCallerBook;
import org.vigil.imaging.domain.CallerList;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Callers in memory, so that an echo needs no database; read anew each minute. */
@ApplicationScoped
public class KnownCallers implements AllowedCallers {
  private static final Logger LOG = LoggerFactory.getLogger(KnownCallers.class);
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final AllowedCallerBook book;
  private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  @Inject
  public KnownCallers(AllowedCallerBook book) {
    this.book = book;
  }

  /** For the container's proxy. */
  protected KnownCallers() {
    this(null);
  }

  /**
   * Lets a caller in or refuses it.
   *
   * @throws VigilException IMAGING-0051
   */
  public void check(TenantId tenant, String callingAe, InetAddress address) {
    if (!of(tenant).admits(callingAe, address)) {
      throw new VigilException(ErrorCode.IMAGING_0051);
    }
  }

  private CallerList of(TenantId tenant) {
    Snapshot known = snapshots.get(tenant);
    // Counted before reading: what is changed meanwhile makes this reading old.
    long change = changes.get();
    if (known != null && known.isFresh(change)) {
      return known.callers();
    }
    try (TenantContext.Scope scope = TenantContext.enter(tenant)) {
      CallerList read = new CallerList(book.list());
      snapshots.put(tenant, new Snapshot(read, System.nanoTime(), change));
      return read;
    } catch (RuntimeException e) {
      if (known == null) {
        throw e;
      }
      LOG.warn("The allowed callers of {} could not be read; those of before count", tenant, e);
      return known.callers();
    }
  }

  @Override
  public List<AllowedCaller> list() {
    return book.list();
  }

  @Override
  public AllowedCaller set(AllowedCaller caller, Actor actor) {
    AllowedCaller kept = book.set(caller, actor);
    changes.incrementAndGet();
    return kept;
  }

  @Override
  public void remove(String aeTitle, Actor actor) {
    book.remove(aeTitle, actor);
    changes.incrementAndGet();
  }

  private record Snapshot(CallerList callers, long readAt, long change) {
    boolean isFresh(long now) {
      return change == now && System.nanoTime() - readAt < FRESH_NANOS;
    }
  }
}
