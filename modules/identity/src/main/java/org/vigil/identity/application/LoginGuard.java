package org.vigil.identity.application;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.domain.LoginFlood;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Keeps log-ins, whose hashes are costly on purpose, from taking the whole server. */
@ApplicationScoped
public class LoginGuard {
  private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);

  @Inject
  @ConfigProperty(name = "vigil.login.failures-per-address", defaultValue = "40")
  private int failuresPerAddress;

  private final Semaphore hashing =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private LoginFlood flood;

  @PostConstruct
  void start() {
    flood = new LoginFlood(failuresPerAddress);
  }

  /**
   * Runs a check of credentials; a refusal counts against the address.
   *
   * @throws VigilException IDENTITY-0005 while the address must rest or when too many are being
   *     checked
   */
  public <T> T check(String address, Supplier<T> credentials) {
    Duration rest = flood.rest(address, Instant.now());
    if (!rest.isZero()) {
      throw tooMany(rest);
    }
    if (!acquire()) {
      throw tooMany(Duration.ofSeconds(2));
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
    } finally {
      hashing.release();
    }
  }

  /** The refusal with how long to wait. */
  static VigilException tooMany(Duration rest) {
    return new VigilException(
        ErrorCode.IDENTITY_0005, Map.of("retryAfterSeconds", Math.max(1, rest.toSeconds() + 1)));
  }

  private boolean acquire() {
    try {
      return hashing.tryAcquire(5, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
