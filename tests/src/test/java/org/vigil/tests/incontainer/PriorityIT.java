package org.vigil.tests.incontainer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.Priority;
import org.vigil.kernel.TenantId;
import org.vigil.tests.incontainer.Hospital.Film;

/** The study that cannot wait does not wait for the thousand that came before it. */
@Tag("alone")
@ArquillianTest
class PriorityIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int WAITING = 1000;
  private static final int AT_ONCE = 50;

  @Inject private Hospital hospital;
  @Inject private Unit unit;
  @Inject private Ledger ledger;
  @Resource private ManagedExecutorService executor;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  private TenantId tenant;

  @Deployment
  static EnterpriseArchive application() {
    return Application.withTests();
  }

  @AfterEach
  void letGo() {
    Broker.INFERENCE.remove(tenant);
    Broker.INFERENCE.resume();
  }

  /**
   * The consumers are at work on the first routine jobs, and held there, when the STAT job is sent:
   * had they fetched messages ahead (Artemis' own window takes all thousand), it would be last.
   */
  @Test
  void statOvertakesAThousandThatWait() throws Exception {
    tenant = hospital.open("priority");
    Broker.INFERENCE.pause();
    List<Film> first = new ArrayList<>();
    for (int sent = 0; sent < WAITING; sent += AT_ONCE) {
      List<Film> films = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        films.add(Film.next());
      }
      unit.of(tenant, () -> films.forEach(hospital::complete));
      if (sent == 0) {
        first.addAll(films);
      }
    }
    assertThat(Broker.INFERENCE.all()).isGreaterThanOrEqualTo(WAITING);

    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch statSent = new CountDownLatch(1);
    CompletableFuture<Void> holder =
        CompletableFuture.runAsync(() -> hold(first, held, statSent), executor);
    assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Film stat = Film.next();
    try {
      Broker.INFERENCE.resume();
      await("a consumer is at work").until(() -> Broker.INFERENCE.inHand() > 0);
      unit.of(tenant, () -> hospital.all(stat, Priority.STAT));
      assertThat(Broker.INFERENCE.inHand()).as("one message a consumer").isLessThanOrEqualTo(2);
    } finally {
      statSent.countDown();
    }
    holder.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    await("the STAT job has ended").until(() -> endOf(stat) != null);
    long before =
        ledger.count(
            tenant,
            "{image_analysis} where priority = 'ROUTINE' and completed_at <= (select completed_at"
                + " from {image_analysis} where study_instance_uid = ?)",
            stat.uid());
    assertThat(before).as("routine jobs done before it").isLessThanOrEqualTo(WAITING - 990);
    System.out.println("STAT was sent behind 1,000 routine jobs; done before it: " + before);
  }

  /** Locks the lines that a job has to lock first. */
  private void hold(List<Film> films, CountDownLatch held, CountDownLatch until) {
    unit.of(
        tenant,
        () -> {
          entities
              .createNativeQuery(
                  "select 1 from worklist_entry where study_instance_uid in (:studies) for update",
                  Integer.class)
              .setParameter("studies", films.stream().map(Film::uid).toList())
              .getResultList();
          held.countDown();
          try {
            if (!until.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
              throw new IllegalStateException("the test has not sent its STAT job");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  private String endOf(Film film) {
    return ledger
        .column(
            tenant,
            "select completed_at from {image_analysis} where study_instance_uid = ?",
            film.uid())
        .get(0);
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .pollInSameThread();
  }
}
