package org.vigil.imaging.house;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Transactional;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** {@code @Transactional} as the server means it, with transactions of one database. */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class LocalTransactions {
  private static final ThreadLocal<EntityManager> SESSION = new ThreadLocal<>();
  private static volatile EntityManagerFactory factory;

  static void use(EntityManagerFactory sessions) {
    factory = sessions;
  }

  /** The entity manager of the transaction that runs on this thread. */
  static EntityManager current() {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              if (SESSION.get() == null) {
                throw new IllegalStateException(method.getName() + " outside any transaction");
              }
              try {
                return method.invoke(SESSION.get(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AroundInvoke
  Object around(InvocationContext call) throws Exception {
    if (SESSION.get() != null) {
      return call.proceed();
    }
    try (EntityManager session = factory.createEntityManager()) {
      session.getTransaction().begin();
      SESSION.set(session);
      try {
        Object result = call.proceed();
        session.getTransaction().commit();
        return result;
      } finally {
        SESSION.remove();
        if (session.getTransaction().isActive()) {
          session.getTransaction().rollback();
        }
      }
    }
  }
}
