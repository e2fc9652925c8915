package org.vigil.tenancy.api;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * The tenant on whose behalf this thread works. Every edge enters it before the first query; there
 * is no default. A transaction keeps the tenant with which its first query ran.
 *
 * <pre>{@code
 * try (var scope = TenantContext.enter(tenant)) {
 *   placeOrder.apply(order);
 * }
 * }</pre>
 */
public final class TenantContext {
  private static final ThreadLocal<TenantId> CURRENT = new ThreadLocal<>();

  private TenantContext() {}

  /**
   * Enters a tenant until the scope is closed.
   *
   * @throws VigilException TENANCY-0003 when this thread already works for another tenant
   */
  public static Scope enter(TenantId tenant) {
    TenantId before = CURRENT.get();
    if (before != null && !before.equals(tenant)) {
      throw new VigilException(ErrorCode.TENANCY_0003);
    }
    CURRENT.set(tenant);
    if (before != null) {
      return () -> {};
    }
    TenantWatch.touched(tenant);
    return () -> {
      CURRENT.remove();
      TenantWatch.touched(tenant);
    };
  }

  /**
   * Enters a tenant to look for what is due, which is no sign of life of the tenant itself ({@link
   * TenantWatch}).
   *
   * @throws VigilException TENANCY-0003 when this thread already works for another tenant
   */
  public static Scope visit(TenantId tenant) {
    if (CURRENT.get() != null) {
      throw new VigilException(ErrorCode.TENANCY_0003);
    }
    CURRENT.set(tenant);
    return CURRENT::remove;
  }

  /** Runs the work for a tenant and returns its result; exceptions pass through unchanged. */
  public static <T> T call(TenantId tenant, Callable<T> work) throws Exception {
    try (Scope scope = enter(tenant)) {
      return work.call();
    }
  }

  /** Runs the work for a tenant. */
  public static void run(TenantId tenant, Runnable work) {
    try (Scope scope = enter(tenant)) {
      work.run();
    }
  }

  /**
   * Runs the work for no tenant: its queries see the platform's schema and no hospital's. The work
   * must start a transaction of its own ({@code REQUIRES_NEW}), since a running one keeps its
   * tenant.
   */
  public static <T> T asPlatform(Supplier<T> work) {
    TenantId before = CURRENT.get();
    CURRENT.remove();
    try {
      return work.get();
    } finally {
      if (before != null) {
        CURRENT.set(before);
      }
    }
  }

  /**
   * The current tenant.
   *
   * @throws VigilException TENANCY-0002 when no edge entered one
   */
  public static TenantId current() {
    return find().orElseThrow(() -> new VigilException(ErrorCode.TENANCY_0002));
  }

  public static Optional<TenantId> find() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Leaves the tenant when closed. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
