package org.vigil.integration.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.analysis.api.AnalysisCompleted;
import org.vigil.analysis.api.StudyMatchedLate;
import org.vigil.integration.api.Alerts;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.api.Deliveries.Status;
import org.vigil.integration.domain.Alert;
import org.vigil.integration.domain.AlertRecipient;
import org.vigil.integration.domain.Delivery;
import org.vigil.integration.domain.InboundMessage;
import org.vigil.integration.domain.Parcels;
import org.vigil.integration.domain.ReceivedMessage;
import org.vigil.integration.domain.Refusal;
import org.vigil.integration.mllp.CollectingEvent;
import org.vigil.integration.persistence.AlertRepository;
import org.vigil.integration.persistence.DeliveryRepository;
import org.vigil.integration.persistence.InboundMessageRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.FeatureSettings;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** What leaves, and what may exist only once, on a real PostgreSQL. */
class DeliveryPlanningTest {
  private static EmbeddedPostgres postgres;
  private static SessionFactory factory;

  private boolean flagging = true;

  private final List<Destination> destinations =
      new ArrayList<>(
          List.of(
              new Destination(
                  UUID.randomUUID(), Destination.Kind.DICOM, "127.0.0.1", 104, "PACS", null, null),
              Parcels.hl7(2575),
              Parcels.fhir("http://ehr.example/fhir")));
  private final List<Delivery> queued = new ArrayList<>();
  private final List<AuditEvent> audited = new ArrayList<>();
  private TenantContext.Scope tenant;
  private EntityManager entities;
  private DeliveryRepository deliveries;
  private AlertRepository alerts;
  private DeliveryPlanning planning;

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        InputStream migration =
            DeliveryPlanningTest.class.getResourceAsStream(
                "/db/tenant/V20261122_50__integration_tables.sql")) {
      statement.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
    }
    factory =
        new Configuration()
            .addAnnotatedClass(InboundMessage.class)
            .addAnnotatedClass(Delivery.class)
            .addAnnotatedClass(Alert.class)
            .addAnnotatedClass(AlertRecipient.class)
            .setProperty("hibernate.connection.url", postgres.getJdbcUrl("postgres", "postgres"))
            .setProperty("hibernate.connection.username", "postgres")
            .setProperty("hibernate.type.preferred_instant_jdbc_type", "TIMESTAMP_WITH_TIMEZONE")
            .setProperty("hibernate.hbm2ddl.auto", "none")
            .buildSessionFactory();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    factory.close();
    postgres.close();
  }

  @BeforeEach
  void begin() {
    tenant = TenantContext.enter(TenantId.of("st-agnes"));
    entities = factory.createEntityManager();
    entities.getTransaction().begin();
    deliveries = new DeliveryRepository(entities);
    alerts = new AlertRepository(entities);
    planning =
        new DeliveryPlanning(
            new Directory(),
            deliveries,
            alerts,
            new Switches(),
            new ListedQueue(),
            new CollectingEvent<>(audited),
            Duration.ofMinutes(15));
  }

  @AfterEach
  void rollBack() {
    entities.getTransaction().rollback();
    entities.close();
    tenant.close();
  }

  @Test
  void sendsACriticalResultEverywhereAndAlertsOnce() {
    planning.onCompleted(completed(Severity.CRITICAL));

    assertThat(queued)
        .extracting(Delivery::kind)
        .containsExactly(Kind.DICOM_SR, Kind.FHIR_BUNDLE, Kind.HL7_ORU);
    assertThat(queued).allMatch(delivery -> delivery.jmsPriority() == 9);
    Alert alert = alerts.list(true).get(0);
    assertThat(alert.status()).isEqualTo(Alerts.Status.PENDING);
    assertThat(alert.findingLabel()).isEqualTo("Pneumothorax");
    assertThat(alerts.recipients(List.of(alert.id())).get(0).displayName())
        .isEqualTo("Muster Otto Dr");
    assertThat(deliveries.find(queued.get(1).id()).orElseThrow().alertId()).isEqualTo(alert.id());
    assertThat(deliveries.counts().get(Kind.HL7_ORU)).containsEntry(Status.PENDING, 1L);
    assertThat(audited)
        .extracting(AuditEvent::action)
        .containsExactly(AuditEvent.Action.ALERT_RAISED);

    planning.onCompleted(completed(Severity.CRITICAL));
    planning.onMatchedLate(new StudyMatchedLate(Parcels.order(), List.of(Parcels.analysis())));

    assertThat(queued).as("a repetition changes nothing").hasSize(3);
    assertThat(alerts.list(false)).hasSize(1);
  }

  @Test
  void alertsNobodyAboutAStudyWithoutOrderUntilTheOrderComes() {
    planning.onCompleted(new AnalysisCompleted(Parcels.analysis(), null, Severity.CRITICAL));
    assertThat(queued).extracting(Delivery::kind).containsExactly(Kind.DICOM_SR);
    assertThat(alerts.list(false)).isEmpty();

    planning.onMatchedLate(new StudyMatchedLate(Parcels.order(), List.of(Parcels.analysis())));

    assertThat(queued)
        .extracting(Delivery::kind)
        .containsExactly(Kind.DICOM_SR, Kind.FHIR_BUNDLE, Kind.HL7_ORU);
    assertThat(alerts.list(false)).hasSize(1);
  }

  @Test
  void alertsNobodyAboutARoutineResult() {
    planning.onCompleted(completed(Severity.ROUTINE));

    assertThat(alerts.list(false)).isEmpty();
    assertThat(queued).hasSize(3).noneMatch(delivery -> delivery.alertId() != null);
  }

  @Test
  void whereFlaggingIsOffACriticalResultLeavesWithoutHurryAndWithoutAlert() {
    flagging = false;

    planning.onCompleted(completed(Severity.CRITICAL));

    assertThat(queued).hasSize(3).allMatch(delivery -> delivery.jmsPriority() < 9);
    assertThat(alerts.list(false)).isEmpty();
  }

  @Test
  void plansNothingForAPeerThatIsNotThere() {
    destinations.clear();

    planning.onCompleted(completed(Severity.CRITICAL));

    assertThat(queued).isEmpty();
    assertThat(alerts.list(true)).as("the alert is there for the page").hasSize(1);
  }

  @Test
  void findsWhatIsDueAndOverdue() {
    planning.onCompleted(completed(Severity.CRITICAL));
    Instant later = Instant.now().plusSeconds(1000);
    assertThat(alerts.due(Instant.now(), 10)).isEmpty();
    Alert due = alerts.due(later, 10).get(0);
    due.escalate(later, Duration.ofMinutes(15), 4);
    planning.planNotice(due);
    entities.flush();

    assertThat(alerts.due(later, 10)).isEmpty();
    assertThat(queued.get(3).kind()).isEqualTo(Kind.FHIR_ALERT);
    assertThat(queued.get(3).revision()).isEqualTo(1);
    assertThat(deliveries.overdue(later, later, 10)).hasSize(4);
    assertThat(deliveries.overdue(later, later, 10)).as("asked for just now").isEmpty();
  }

  @Test
  void appliesAControlIdOnce() {
    InboundMessageRepository messages = new InboundMessageRepository(entities);
    assertThat(messages.insertAccepted(message("a"), new byte[] {1})).isTrue();
    assertThat(messages.insertAccepted(message("b"), null)).isFalse();

    InboundMessage first = messages.findAccepted("RIS", "RADIOLOGY", "M1").orElseThrow();

    assertThat(first.sha256()).isEqualTo("a");
    assertThat(first.answer()).containsExactly(1);
    Refusal refusal = Refusal.error(ErrorCode.INTEGRATION_0002, "PID^1^5", "missing");
    messages.insertRefused(message("c"), refusal, null);
    messages.insertRefused(message("c"), refusal, null);
    assertThat(
            entities
                .createNativeQuery(
                    "select repeats from inbound_message where status = 'REFUSED'", Integer.class)
                .getResultList())
        .isEqualTo(List.of(1));
  }

  private static AnalysisCompleted completed(Severity severity) {
    return new AnalysisCompleted(Parcels.analysis(), Parcels.order(), severity);
  }

  private static ReceivedMessage message(String sha256) {
    return new ReceivedMessage(
        UUID.randomUUID(),
        Instant.now(),
        "RIS",
        "RADIOLOGY",
        "M1",
        "ORM^O01",
        "10.0.0.1",
        new byte[] {7},
        sha256);
  }

  private final class ListedQueue implements DeliveryQueue {
    @Override
    public void enqueue(Collection<Delivery> sent, Duration delay) {
      queued.addAll(sent);
    }
  }

  private final class Switches implements Features {
    @Override
    public FeatureSettings current() {
      return new FeatureSettings(
          flagging ? Set.of(AiFeature.DETECTION, AiFeature.FLAGGING) : Set.of(AiFeature.DETECTION),
          List.of());
    }

    @Override
    public void require(AiFeature feature, String modality, Actor actor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void change(
        AiFeature feature, String modality, boolean enabled, String reason, Actor actor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Change> log(AiFeature feature, Instant from, Instant to, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Directory implements TenantDirectory {
    @Override
    public List<TenantView> active() {
      return List.of(find(TenantId.of("st-agnes")).orElseThrow());
    }

    @Override
    public Optional<TenantView> find(TenantId id) {
      return Optional.of(new TenantView(id, "St. Agnes", ZoneId.of("UTC"), "STAGNES", "ST-AGNES"));
    }

    @Override
    public Optional<TenantView> byCalledAeTitle(String aeTitle) {
      return Optional.empty();
    }

    @Override
    public Optional<TenantView> byReceivingFacility(String facility) {
      return Optional.empty();
    }

    @Override
    public List<Destination> destinations(TenantId id, Destination.Kind kind) {
      return destinations.stream().filter(destination -> destination.kind() == kind).toList();
    }
  }
}
