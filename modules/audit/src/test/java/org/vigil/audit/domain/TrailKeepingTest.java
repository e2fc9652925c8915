package org.vigil.audit.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.audit.domain.AnomalyRules.Thresholds;
import org.vigil.audit.domain.Finding.Kind;
import org.vigil.audit.domain.Retention.Month;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Anchors, proofs, retention, legal holds and unusual access, in a real database. */
class TrailKeepingTest {
  private final SealingKey key = TrailDatabase.newKey();
  private String schema;

  @BeforeEach
  void openTrail() {
    schema = TrailDatabase.openTenant(null);
  }

  @Test
  void aDayIsAnchoredAndItsAnchorFindsACutTailAndIsNotForgeable(@TempDir Path elsewhere)
      throws Exception {
    List<Long> ids = TrailDatabase.record(schema, 6);
    seal();
    yesterday();
    Anchor anchor = on(trail -> new ChainOfSeals(trail, key).anchor()).orElseThrow();
    ChainRecords.write(elsewhere, anchor);
    List<Anchor> kept = ChainRecords.anchors(elsewhere, schema);
    assertThat(kept).hasSize(1);
    assertThat(verify(kept).anchors()).isEqualTo(2);

    TrailDatabase.tamper(
        schema, "delete from audit_anchor; delete from audit_seal; delete from audit_event");
    assertThat(verify(List.of()).isIntact()).as("without the anchor nothing shows").isTrue();
    assertThat(verify(kept).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.CHAIN_CUT_SHORT);

    Path file = elsewhere.resolve(schema).resolve(anchor.day() + ".json");
    Files.writeString(
        file, Files.readString(file).replace("\"eventTotal\" : 6", "\"eventTotal\" : 5"));
    assertThat(verify(ChainRecords.anchors(elsewhere, schema)).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.ANCHOR_WRONG);
    assertThat(ids).hasSize(6);
  }

  @Test
  void oneEventIsProvedWithThePublicKeyAloneAndAChangedOneIsNot() throws Exception {
    List<Long> ids = TrailDatabase.record(schema, 7);
    assertThatThrownBy(() -> on(trail -> InclusionProof.of(trail, ids.get(0))))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_0003));
    seal();
    TrustedKeys publicOnly = TrustedKeys.of(key.publicKey());

    for (long id : ids) {
      ObjectNode proof = on(trail -> InclusionProof.of(trail, id));
      assertThat(InclusionProof.check(proof, publicOnly)).isEmpty();
      ((ObjectNode) proof.get("event")).put("patient_id", "SOMEBODY-ELSE");
      assertThat(InclusionProof.check(proof, publicOnly)).isNotEmpty();
    }
    ObjectNode proof = on(trail -> InclusionProof.of(trail, ids.get(3)));
    assertThat(InclusionProof.check(proof, TrustedKeys.of(TrailDatabase.newKey().publicKey())))
        .isNotEmpty();
  }

  @Test
  void anOldMonthIsDroppedWithAProofAndTheTrailStillVerifies() throws Exception {
    recordOld();
    List<Long> recent = TrailDatabase.record(schema, 3);
    seal();
    List<Month> old =
        on(trail -> new Retention(trail).endedBy(Instant.parse("2019-12-31T00:00:00Z")));
    assertThat(old).extracting(Month::name).containsExactly("audit_event_2019_01");

    Deletion deletion =
        on(trail -> new Retention(trail).drop(old.get(0), "kept P7Y", "retention", key));

    assertThat(deletion.eventCount()).isEqualTo(4);
    seal();
    VerificationReport report = verify(List.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.deleted()).isEqualTo(4);
    assertThat(report.events()).isEqualTo(recent.size() + 1);
    // A proof somebody makes up covers nothing.
    TrailDatabase.tamper(schema, "update audit_deletion set event_count = 5");
    assertThat(verify(List.of()).findings())
        .extracting(Finding::kind)
        .contains(Kind.DELETION_WRONG);
  }

  @Test
  void aLegalHoldKeepsTheMonthUntilItIsLifted() throws Exception {
    recordOld();
    seal();
    TrailDatabase.superuser(
        "insert into %s.legal_hold (id, patient_id, reason, set_by) values (gen_random_uuid(), 'P2', 'court', 'x')"
            .formatted(schema));
    Month month =
        on(trail -> new Retention(trail).endedBy(Instant.parse("2019-12-31T00:00:00Z"))).get(0);

    assertThatThrownBy(() -> on(trail -> new Retention(trail).drop(month, "p", "r", key)))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_0004));
    TrailDatabase.superuser(
        "update %s.legal_hold set lifted_at = now(), lifted_by = 'x', lift_reason = 'over'"
            .formatted(schema));
    assertThat(on(trail -> new Retention(trail).drop(month, "p", "r", key)).eventCount())
        .isEqualTo(4);
  }

  @Test
  void theApplicationsRoleMayOnlyAddAndRead() throws Exception {
    TrailDatabase.record(schema, 1);
    seal();
    for (String refused :
        List.of(
            "update audit_event set actor_name = 'x'",
            "delete from audit_event",
            "truncate audit_event",
            "update audit_seal set seq = 9",
            "delete from audit_seal",
            "insert into audit_anchor select * from audit_anchor",
            "delete from audit_unsealed",
            "delete from legal_hold",
            "select * from audit_event_"
                + Instant.now()
                    .atOffset(ZoneOffset.UTC)
                    .format(java.time.format.DateTimeFormatter.ofPattern("yyyy_MM")))) {
      try (Connection connection = TrailDatabase.application(schema)) {
        assertThatThrownBy(() -> TrailDatabase.execute(connection, refused))
            .as(refused)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      assertThatThrownBy(
              () -> TrailDatabase.execute(owner, "delete from " + schema + ".audit_event"))
          .hasMessageContaining("append-only");
      assertThatThrownBy(() -> TrailDatabase.execute(owner, "truncate " + schema + ".audit_seal"))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void unusualAccessIsToldOnceADay() throws Exception {
    TrailDatabase.superuser(
        "insert into %s.watched_patient (patient_id, user_name, note, set_by) values ('P0', '', 'VIP', 'x'), ('P1', 'a.huber', 'own', 'x')"
            .formatted(schema));
    try (Connection connection = TrailDatabase.application(schema)) {
      for (int i = 0; i < 5; i++) {
        TrailDatabase.record(connection, "a.huber", "P" + i);
      }
      TrailDatabase.record(connection, "a.huber", "P0");
      TrailDatabase.execute(
          connection,
          "insert into audit_event (action, outcome, actor_kind, actor_name, details)"
              + " select 'LOGIN', 'REFUSED', 'PERSON', 'guesser', '{}' from generate_series(1, 3)");
      // Who sets the watch has not looked at the patient.
      TrailDatabase.execute(
          connection,
          "insert into audit_event (action, outcome, actor_kind, actor_name, patient_id, details)"
              + " values ('WATCH_SET', 'SUCCESS', 'PERSON', 'officer', 'P0', '{}')");
      TrailDatabase.execute(
          connection,
          "insert into audit_unsealed select id, occurred_at from audit_event"
              + " where actor_name in ('guesser', 'officer')");
    }
    seal();

    assertThat(applyRules()).isTrue();
    assertThat(applyRules()).as("each event is looked at once").isFalse();

    assertThat(alerts())
        .containsExactlyInAnyOrder(
            "WATCHED_PATIENT a.huber P0",
            "OWN_RECORD a.huber P1",
            "UNUSUAL_VOLUME a.huber",
            "SAME_NAME a.huber P0",
            "SAME_NAME a.huber P1",
            "SAME_NAME a.huber P2",
            "SAME_NAME a.huber P3",
            "SAME_NAME a.huber P4",
            "MANY_REFUSALS guesser");
    seal();
    assertThat(verify(List.of()).isIntact()).isTrue();
  }

  @Test
  void workAtAnHourThatAPersonNeverWorkedIsTold() throws Exception {
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    // Ten days at nine in the morning and, the other one, at half past eleven at night.
    recordAt("day.shift", "2019-01-0%d 08:05+00", 1, 9);
    recordAt("day.shift", "2019-01-1%d 08:05+00", 0, 1);
    recordAt("night.shift", "2019-01-0%d 22:30+00", 1, 9);
    recordAt("night.shift", "2019-01-1%d 22:30+00", 0, 1);
    recordAt("newcomer", "2019-01-0%d 08:05+00", 1, 3);
    seal();
    applyRules(vienna);
    assertThat(alerts()).as("their own hours, day after day").isEmpty();

    recordAt("day.shift", "2019-01-1%d 09:50+00", 5, 5);
    recordAt("night.shift", "2019-01-1%d 23:40+00", 5, 5);
    recordAt("newcomer", "2019-01-1%d 02:10+00", 5, 5);
    seal();
    applyRules(vienna);
    assertThat(alerts()).as("the hours beside them, past midnight too; and one unknown").isEmpty();

    recordAt("day.shift", "2019-01-1%d 02:10+00", 6, 6);
    recordAt("day.shift", "2019-01-1%d 02:40+00", 6, 6);
    seal();
    applyRules(vienna);
    assertThat(alerts()).containsExactly("UNUSUAL_HOUR day.shift");
    try (Connection connection = TrailDatabase.owner().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select evidence::text from " + schema + ".audit_alert")) {
      row.next();
      assertThat(row.getString(1)).as("in the hospital's time").contains("\"hour\": \"3\"");
    }
  }

  /** An event on each of some days, written as if the clock stood there. */
  private void recordAt(String user, String time, int first, int last) throws SQLException {
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      TrailDatabase.execute(
          owner, "select platform.audit_make_partition('" + schema + "', '2019-01-01')");
    }
    for (int day = first; day <= last; day++) {
      TrailDatabase.tamper(
          schema,
          """
          with written as (
            insert into audit_event (occurred_at, action, outcome, actor_kind, actor_name, details)
              values ('%s', 'WORKLIST_VIEWED', 'SUCCESS', 'PERSON', '%s', '{}')
              returning id, occurred_at)
          insert into audit_unsealed select * from written
          """
              .formatted(time.formatted(day), user));
    }
  }

  private boolean applyRules() throws SQLException {
    return applyRules(ZoneOffset.UTC);
  }

  private boolean applyRules(ZoneId zone) throws SQLException {
    return on(
        trail ->
            new SealCursor(trail, "anomalies")
                .next(
                    10,
                    rows ->
                        new AnomalyRules(
                                trail,
                                zone,
                                new Thresholds(4, 10, 3),
                                study -> Optional.of("HUBER"))
                            .apply(rows)));
  }

  private List<String> alerts() throws SQLException {
    List<String> found = new java.util.ArrayList<>();
    try (Connection connection = TrailDatabase.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select rule || ' ' || subject from " + schema + ".audit_alert")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void recordOld() throws SQLException {
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      TrailDatabase.execute(
          owner, "select platform.audit_make_partition('" + schema + "', '2019-01-01')");
    }
    TrailDatabase.tamper(
        schema,
        """
        insert into audit_event (occurred_at, action, outcome, actor_kind, actor_name, patient_id, details)
          select timestamptz '2019-01-10 10:00+00' + n * interval '1 hour', 'LOGIN', 'SUCCESS', 'PERSON', 'r', 'P' || n, '{}'
          from generate_series(1, 4) n;
        insert into audit_unsealed select id, occurred_at from audit_event;
        """);
  }

  /** Seals of today anchored as yesterday's: their time is moved and they are signed anew. */
  private void yesterday() throws SQLException {
    List<Seal> seals = new java.util.ArrayList<>();
    on(
        trail -> {
          trail.eachSeal(1, seals::add);
          return null;
        });
    TrailDatabase.tamper(schema, "delete from audit_seal");
    on(
        trail -> {
          SealHead before = SealHead.none(schema);
          for (Seal seal : seals) {
            Seal moved =
                Seal.of(schema, before, seal.leaves(), seal.sealedAt().minusSeconds(86_400), key);
            trail.add(moved);
            before = moved.head();
          }
          return null;
        });
  }

  private void seal() throws SQLException {
    on(trail -> new ChainOfSeals(trail, key).sealNext(100));
  }

  private VerificationReport verify(List<Anchor> anchors) throws SQLException {
    return on(trail -> new ChainVerifier(trail, TrustedKeys.of(key)).withAnchors(anchors).verify());
  }

  private <T> T on(Work<T> work) throws SQLException {
    try (Connection connection = TrailDatabase.owner().getConnection()) {
      connection.setAutoCommit(false);
      T result = work.on(new Trail(connection, schema));
      connection.commit();
      return result;
    }
  }

  private interface Work<T> {
    T on(Trail trail) throws SQLException;
  }
}
