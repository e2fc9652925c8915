package org.vigil.integration.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vigil.integration.api.Alerts;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.api.Deliveries.Status;
import org.vigil.kernel.Severity;

class DeliveryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");

  private final Delivery delivery =
      Delivery.planned(
          Kind.HL7_ORU,
          UUID.randomUUID(),
          Parcels.ANALYSIS,
          0,
          Parcels.ORDER,
          null,
          Parcels.STUDY,
          9,
          NOW);

  @Test
  void isInOneHandAtATime() {
    assertThat(delivery.claim("node1", "a", NOW)).isTrue();
    assertThat(delivery.claim("node1", "a", NOW)).isFalse();
    assertThat(delivery.claim("node2", "b", NOW)).isFalse();
  }

  @Test
  void isFreeAgainWhenItsServerStartedAnewOrTheClaimIsOld() {
    delivery.claim("node1", "a", NOW);
    assertThat(delivery.claim("node1", "b", NOW)).as("the same server, after kill -9").isTrue();
    assertThat(delivery.claim("node2", "c", NOW.plus(Delivery.CLAIM).plusSeconds(1))).isTrue();
  }

  @Test
  void isNotClaimedOnceDeliveredOrGivenUp() {
    delivery.claim("node1", "a", NOW);
    delivery.retryAfter(Duration.ofSeconds(1), "the peer answered AE", NOW);
    assertThat(delivery.status()).isEqualTo(Status.RETRYING);
    assertThat(delivery.nextAttemptAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(delivery.claim("node1", "a", NOW)).isTrue();
    delivery.givenUp("the peer answered AR");
    assertThat(delivery.attempts()).isEqualTo(2);
    assertThat(delivery.claim("node1", "a", NOW)).isFalse();

    delivery.restarted(NOW);

    assertThat(delivery.attempts()).isZero();
    assertThat(delivery.claim("node1", "a", NOW)).isTrue();
    delivery.delivered(NOW);
    assertThat(delivery.claim("node1", "a", NOW)).isFalse();
  }

  @Test
  void postponingIsNoAttempt() {
    delivery.claim("node1", "a", NOW);
    delivery.postponed(Duration.ofSeconds(5), "the peer is down", NOW);

    assertThat(delivery.attempts()).isZero();
    assertThat(delivery.status()).isEqualTo(Status.PENDING);
  }

  @Test
  void anAlertEscalatesUntilSomebodyTakesIt() {
    Alert alert =
        Alert.raised(
            Parcels.ORDER,
            Parcels.STUDY,
            Parcels.ANALYSIS,
            Parcels.FINDING,
            "SCT|36118008",
            "Pneumothorax",
            Severity.CRITICAL,
            NOW,
            Duration.ofMinutes(15));
    alert.sent(NOW);
    assertThat(alert.status()).isEqualTo(Alerts.Status.SENT);
    assertThat(alert.nextEscalationAt()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));

    alert.escalate(NOW, Duration.ofMinutes(15), 2);
    assertThat(alert.status()).isEqualTo(Alerts.Status.ESCALATED);
    assertThat(alert.nextEscalationAt()).isNotNull();
    alert.escalate(NOW, Duration.ofMinutes(15), 2);
    assertThat(alert.escalationLevel()).isEqualTo(2);
    assertThat(alert.nextEscalationAt()).isNull();

    assertThat(alert.acknowledge("dr.muster", NOW)).isTrue();
    assertThat(alert.acknowledge("dr.probe", NOW)).isFalse();
    assertThat(alert.view("Otto Muster").acknowledgedBy()).isEqualTo("dr.muster");
    assertThat(alert.status()).isEqualTo(Alerts.Status.ACKNOWLEDGED);
  }
}
