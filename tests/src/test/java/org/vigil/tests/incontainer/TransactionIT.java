package org.vigil.tests.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.Worklist;
import org.vigil.kernel.Priority;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tests.incontainer.Hospital.Film;
import org.vigil.tests.incontainer.Unit.Undone;

/** Rows, audit events, messages and news of the worklist exist together or not at all. */
@Tag("alone")
@ArquillianTest
class TransactionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> TABLES =
      List.of("imaging_order", "image_analysis", "worklist_entry", "audit_event");

  @Inject private Hospital hospital;
  @Inject private Unit unit;
  @Inject private Ledger ledger;
  @Inject private AnalysisJobs jobs;
  @Inject private Worklist worklist;
  @Inject private QueuedIds queuedIds;

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/VigilInference")
  private Queue inference;

  private TenantId tenant;

  @Deployment
  static EnterpriseArchive application() {
    return Application.withTests();
  }

  @BeforeEach
  void openHospital() {
    tenant = hospital.open("xa");
    Broker.INFERENCE.pause();
    Broker.DELIVERY.pause();
    for (String table : List.of("delivery", "alert_recipient", "alert")) {
      ledger.execute(tenant, "delete from {" + table + "}");
    }
  }

  @AfterEach
  void letGo() {
    Broker.INFERENCE.remove(tenant);
    Broker.DELIVERY.remove(tenant);
    Broker.INFERENCE.resume();
    Broker.DELIVERY.resume();
  }

  @Test
  void jobAuditAndMessageAreCommittedTogether() {
    Film film = Film.next();

    unit.of(tenant, () -> hospital.all(film, Priority.STAT));

    assertThat(analysesOf(film)).hasSize(1);
    awaitMessages(Broker.INFERENCE, 1);
    assertThat(
            ledger.column(
                tenant,
                "select match_status from {worklist_entry} where study_instance_uid = ?",
                film.uid()))
        .containsExactly("MATCHED");
    assertThat(
            ledger.column(
                tenant,
                "select action from {audit_event} where study_uid = ? order by id",
                film.uid()))
        .containsExactly("STUDY_MATCHED", "ANALYSIS_REQUESTED");
    assertThat(
            ledger.column(
                tenant,
                "select action from {audit_event} where patient_id = ? and study_uid is null",
                "MRN" + film.accession()))
        .containsExactly("ORDER_RECEIVED");
  }

  @Test
  void rolledBackAfterTheSendNothingIsThere() {
    Film film = Film.next();
    List<Long> before = TABLES.stream().map(t -> ledger.count(tenant, "{" + t + "}")).toList();

    assertThatThrownBy(
            () ->
                unit.of(
                    tenant,
                    () -> {
                      hospital.all(film, Priority.STAT);
                      throw new Undone();
                    }))
        .isInstanceOf(Undone.class);

    assertThat(TABLES.stream().map(t -> ledger.count(tenant, "{" + t + "}")).toList())
        .isEqualTo(before);
    assertThat(Broker.INFERENCE.messages(tenant)).isZero();
  }

  @Test
  void resultDeliveriesAlertAuditAndMessagesAreCommittedTogether() {
    UUID analysis = claimed(Film.next());

    unit.of(tenant, () -> jobs.complete(analysis, Hospital.pneumothorax()));

    assertThat(statusOf(analysis)).isEqualTo("COMPLETED");
    assertThat(ledger.count(tenant, "{analysis_finding} where analysis_id = ?", analysis))
        .isEqualTo(2);
    assertThat(
            ledger.column(
                tenant,
                "select kind from {delivery} where analysis_id = ? order by kind",
                analysis))
        .containsExactly("DICOM_SC", "DICOM_SR", "FHIR_BUNDLE", "HL7_ORU");
    awaitMessages(Broker.DELIVERY, 4);
    assertThat(ledger.count(tenant, "{alert} where analysis_id = ?", analysis)).isEqualTo(1);
    assertThat(
            ledger.column(
                tenant,
                "select severity from {worklist_entry} w join {image_analysis} a using"
                    + " (study_instance_uid) where a.id = ?",
                analysis))
        .containsExactly("CRITICAL");
    String model =
        ledger
            .column(
                tenant,
                "select concat_ws(' ', model_id, model_version) from {image_analysis} where id = ?",
                analysis)
            .get(0);
    assertThat(model).matches("vigil-phantom-chest \\d+\\.\\d+\\.\\d+");
    assertThat(
            ledger.column(
                tenant,
                "select concat_ws(' ', action, details->>'modelId', details->>'modelVersion') from"
                    + " {audit_event} where entity = ? order by id",
                analysis.toString()))
        .containsExactly(
            "ANALYSIS_REQUESTED " + model,
            "ANALYSIS_STARTED " + model,
            "ANALYSIS_COMPLETED " + model);
  }

  @Test
  void rolledBackResultLeavesNothingAndTheJobInHand() {
    UUID analysis = claimed(Film.next());
    long audited = ledger.count(tenant, "{audit_event}");

    assertThatThrownBy(
            () ->
                unit.of(
                    tenant,
                    () -> {
                      jobs.complete(analysis, Hospital.pneumothorax());
                      throw new Undone();
                    }))
        .isInstanceOf(Undone.class);

    assertThat(statusOf(analysis)).isEqualTo("PROCESSING");
    assertThat(ledger.count(tenant, "{analysis_finding} where analysis_id = ?", analysis)).isZero();
    assertThat(ledger.count(tenant, "{delivery} where analysis_id = ?", analysis)).isZero();
    assertThat(ledger.count(tenant, "{alert} where analysis_id = ?", analysis)).isZero();
    assertThat(ledger.count(tenant, "{audit_event}")).isEqualTo(audited);
    assertThat(Broker.DELIVERY.messages(tenant)).isZero();
  }

  @Test
  void listsHearOfAChangeOnlyWhenItIsCommitted() {
    Film film = Film.next();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (Worklist.Subscription subscription =
        worklist.subscribe(
            tenant,
            change ->
                // What a list that asks at this very moment would be shown.
                heard.add(
                    change.study().equals(film.study())
                        ? ledger.count(
                                tenant, "{worklist_entry} where study_instance_uid = ?", film.uid())
                            + " committed"
                        : "another study"))) {
      assertThatThrownBy(
              () ->
                  unit.of(
                      tenant,
                      () -> {
                        hospital.arrive(film);
                        throw new Undone();
                      }))
          .isInstanceOf(Undone.class);
      assertThat(heard).as("after a rollback").isEmpty();

      unit.of(
          tenant,
          () -> {
            hospital.arrive(film);
            assertThat(heard).as("before the commit").isEmpty();
          });
      assertThat(heard).as("after the commit").containsExactly("1 committed");
    }
  }

  /** Messages that come too early are rolled back every night: that must not look like a fault. */
  @Test
  void rollbackIsNoFaultInTheLog() {
    List<String> faults = new CopyOnWriteArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord fault) {
            faults.add(fault.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger("org.hibernate.engine.jdbc.spi.SqlExceptionHelper");
    log.addHandler(listener);
    try {
      assertThatThrownBy(
              () ->
                  unit.of(
                      tenant,
                      () -> {
                        hospital.order(Film.next(), Priority.ROUTINE);
                        throw new Undone();
                      }))
          .isInstanceOf(Undone.class);
    } finally {
      log.removeHandler(listener);
    }
    assertThat(faults).isEmpty();
  }

  /** XA does not order commits: the message can be there before its row can be seen. */
  @Test
  void messageThatOvertakesItsRowComesAgainAndIsDone() {
    Film film = Film.next();
    unit.of(tenant, () -> hospital.all(film, Priority.ROUTINE));
    Broker.INFERENCE.remove(tenant);
    UUID late = UUID.randomUUID();
    unit.of(tenant, () -> send(late));
    Broker.INFERENCE.resume();

    await("the message is put off, not acknowledged").until(() -> Broker.INFERENCE.putOff() == 1);
    assertThat(ledger.count(tenant, "{image_analysis} where id = ?", late)).isZero();

    ledger.execute(
        tenant,
        "update {image_analysis} set id = ? where study_instance_uid = ?",
        late,
        film.uid());

    await("the job has ended").until(() -> statusOf(late).equals("FAILED"));
    await("the message is acknowledged")
        .until(
            () ->
                Broker.INFERENCE.putOff()
                        + Broker.INFERENCE.inHand()
                        + Broker.INFERENCE.messages(tenant)
                    == 0);
    assertThat(Broker.DEAD.messages(tenant)).isZero();
    assertThat(ledger.column(tenant, "select error_code from {image_analysis} where id = ?", late))
        .containsExactly("IMAGING-0005");
  }

  /** Whoever reaches the broker can write a hospital's name into a message, but not its key. */
  @Test
  void messagesForgedForAHospitalAreRefusedThereAndChangeNothing() {
    Film film = Film.next();
    unit.of(tenant, () -> hospital.all(film, Priority.STAT));
    UUID analysis = analysesOf(film).get(0);
    Broker.INFERENCE.remove(tenant);
    long results = ledger.count(tenant, "{delivery}");
    TenantId other = hospital.open("forger");
    String sealedByTheOther = unit.get(other, () -> queuedIds.seal("vigil.inference", analysis));
    String sealedForAnotherQueue =
        unit.get(tenant, () -> queuedIds.seal("vigil.delivery", analysis));

    List<String> forged =
        List.of(analysis.toString(), sealedByTheOther, sealedForAnotherQueue, "AQ==");
    forged.forEach(text -> unit.of(tenant, () -> send(text)));
    Broker.INFERENCE.resume();

    await("each is refused in the trail of the hospital that it names")
        .until(
            () ->
                ledger.count(
                        tenant,
                        "{audit_event} where action = 'MESSAGE_REFUSED' and outcome = 'REFUSED'"
                            + " and details->>'code' = 'CRYPTO-0007'")
                    == forged.size());
    await("none is delivered again")
        .until(
            () ->
                Broker.INFERENCE.putOff()
                        + Broker.INFERENCE.inHand()
                        + Broker.INFERENCE.messages(tenant)
                    == 0);
    assertThat(statusOf(analysis)).isEqualTo("PENDING");
    assertThat(ledger.count(tenant, "{delivery}")).isEqualTo(results);
    assertThat(Broker.DEAD.messages(tenant)).isZero();
  }

  /** Committed messages are moved to where the broker counts them by a thread of its own. */
  private void awaitMessages(Broker queue, long count) {
    await("the messages that were committed")
        .untilAsserted(() -> assertThat(queue.messages(tenant)).isEqualTo(count));
  }

  private void send(UUID analysis) {
    send(queuedIds.seal("vigil.inference", analysis));
  }

  private void send(String text) {
    try (JMSContext context = connections.createContext()) {
      context.createProducer().setProperty("vigil_tenant", tenant.value()).send(inference, text);
    }
  }

  private UUID claimed(Film film) {
    unit.of(tenant, () -> hospital.all(film, Priority.STAT));
    UUID analysis = analysesOf(film).get(0);
    unit.of(tenant, () -> assertThat(jobs.claim(analysis)).isPresent());
    return analysis;
  }

  private List<UUID> analysesOf(Film film) {
    return ledger
        .column(
            tenant,
            "select id from {image_analysis} where study_instance_uid = ? and status = 'PENDING'",
            film.uid())
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  private String statusOf(UUID analysis) {
    return ledger
        .column(tenant, "select status from {image_analysis} where id = ?", analysis)
        .get(0);
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .pollInSameThread();
  }
}
