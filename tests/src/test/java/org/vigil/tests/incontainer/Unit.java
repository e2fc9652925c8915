package org.vigil.tests.incontainer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Supplier;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantContext;

/** A unit of work as an edge of Vigil does it: enters the tenant, then begins the transaction. */
@ApplicationScoped
public class Unit {
  /** Thrown by work that wants to be rolled back. */
  static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @jakarta.inject.Inject private Transaction transaction;

  public void of(TenantId tenant, Runnable work) {
    TenantContext.run(tenant, () -> transaction.run(work));
  }

  public <T> T get(TenantId tenant, Supplier<T> work) {
    try {
      return TenantContext.call(tenant, () -> transaction.get(work));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without any tenant. */
  public <T> T ofNobody(Supplier<T> work) {
    return transaction.get(work);
  }

  /** The transaction's boundary. */
  @ApplicationScoped
  public static class Transaction {
    @Transactional(TxType.REQUIRES_NEW)
    public void run(Runnable work) {
      work.run();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public <T> T get(Supplier<T> work) {
      return work.get();
    }
  }
}
