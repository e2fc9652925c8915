package org.vigil.identity.application;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.domain.LoginFlood;
import org.vigil.identity.domain.PasswordHash;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * Keeps log-ins, whose hashes are costly on purpose and whose directories may hang, from taking the
 * whole server.
 */
@ApplicationScoped
public class LoginGuard {
  private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);
  private static final int DIRECTORY_AT_ONCE = 8;

  @Inject
  @ConfigProperty(name = "vigil.login.failures-per-address", defaultValue = "40")
  private int failuresPerAddress;

  private final Semaphore hashing =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final Map<TenantId, Semaphore> asking = new ConcurrentHashMap<>();
  private LoginFlood flood;

  @PostConstruct
  void start() {
    flood = new LoginFlood(failuresPerAddress);
  }

  /**
   * Runs a check of credentials; a refusal counts against the address.
   *
   * @throws VigilException IDENTITY-0005 while the address must rest
   */
  public <T> T check(String address, Supplier<T> credentials) {
    Duration rest = flood.rest(address, Instant.now());
    if (!rest.isZero()) {
      throw tooMany(rest);
    }
    try {
      return credentials.get();
    } catch (VigilException e) {
      if (e.code().httpStatus() == 401 && e.code() != ErrorCode.IDENTITY_0007) {
        if (flood.failed(address, Instant.now())) {
          LOG.warn("Too many failed log-ins from one address: it rests for a while");
        }
      }
      throw e;
    }
  }

  /**
   * Compares a password with its hash, few at a time.
   *
   * @throws VigilException IDENTITY-0005 when too many are being compared
   */
  public boolean matches(char[] password, String hash) {
    return among(hashing, () -> PasswordHash.matches(password, hash));
  }

  /**
   * Asks a hospital's directory, few at a time: one that hangs holds up its own people only.
   *
   * @throws VigilException IDENTITY-0005 when too many are being asked
   */
  public <T> T atDirectory(TenantId tenant, Supplier<T> question) {
    return among(asking.computeIfAbsent(tenant, t -> new Semaphore(DIRECTORY_AT_ONCE)), question);
  }

  private static <T> T among(Semaphore few, Supplier<T> work) {
    if (!acquire(few)) {
      throw tooMany(Duration.ofSeconds(2));
    }
    try {
      return work.get();
    } finally {
      few.release();
    }
  }

  /**
   * Refuses while an account rests.
   *
   * @param until null where it does not
   */
  static void refuseWhileLocked(Instant until, Instant now) {
    if (until != null && now.isBefore(until)) {
      throw tooMany(Duration.between(now, until));
    }
  }

  /** The refusal with how long to wait. */
  static VigilException tooMany(Duration rest) {
    return new VigilException(
        ErrorCode.IDENTITY_0005, Map.of("retryAfterSeconds", Math.max(1, rest.toSeconds() + 1)));
  }

  private static boolean acquire(Semaphore few) {
    try {
      return few.tryAcquire(5, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
