package org.vigil.audit.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vigil.audit.domain.TrailDatabase.record;
import static org.vigil.audit.domain.TrailDatabase.tamper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.audit.domain.ChainOfSeals.Sealed;
import org.vigil.audit.domain.Finding.Kind;

/** A trail is tampered with as the database's superuser can; the check must find it and name it. */
class ChainTest {
  private final SealingKey key = TrailDatabase.newKey();
  private String schema;
  private List<Long> ids;

  @BeforeEach
  void openTrail() throws SQLException {
    schema = TrailDatabase.openTenant(null);
    ids = new ArrayList<>(record(schema, 10));
    seal();
    ids.addAll(record(schema, 10));
    seal();
    ids.addAll(record(schema, 5));
    seal();
  }

  @Test
  void anUntouchedTrailIsIntact() throws SQLException {
    record(schema, 3);

    VerificationReport report = verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.isIntact()).isTrue();
    assertThat(report.seals()).isEqualTo(3);
    assertThat(report.events()).isEqualTo(25);
    assertThat(report.pending()).isEqualTo(3);
  }

  @Test
  void aChangedRowIsNamedWithTheColumnsThatDiffer() throws SQLException {
    tamper(
        schema,
        "update audit_event set patient_id = 'SOMEBODY-ELSE', details = '{\"what\": \"nothing\"}'"
            + " where id = "
            + ids.get(7));

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_CHANGED);
    assertThat(finding.event()).isEqualTo(ids.get(7));
    assertThat(finding.occurredAt()).isNotNull();
    assertThat(finding.what()).isEqualTo("differs in patient_id, details");
  }

  @Test
  void aRowMovedInTimeIsNamed() throws SQLException {
    tamper(
        schema,
        "update audit_event set occurred_at = occurred_at - interval '1 second' where id = "
            + ids.get(3));

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_CHANGED);
    assertThat(finding.event()).isEqualTo(ids.get(3));
    assertThat(finding.what()).contains("occurred_at");
  }

  @Test
  void aRemovedRowIsNamed() throws SQLException {
    tamper(schema, "delete from audit_event where id = " + ids.get(12));

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_REMOVED);
    assertThat(finding.event()).isEqualTo(ids.get(12));
    assertThat(finding.occurredAt()).isNotNull();
  }

  @Test
  void aRowRemovedBeforeItWasSealedIsNamed() throws SQLException {
    List<Long> fresh = record(schema, 2);
    tamper(schema, "delete from audit_event where id = " + fresh.get(0));
    seal();

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_REMOVED);
    assertThat(finding.event()).isEqualTo(fresh.get(0));
  }

  @Test
  void anInsertedRowIsNamed() throws SQLException {
    tamper(
        schema,
        "insert into audit_event (id, action, outcome, actor_kind, actor_name, details)"
            + " values (100000, 'LOGIN', 'SUCCESS', 'PERSON', 'reader0', '{}')");

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_INSERTED);
    assertThat(finding.event()).isEqualTo(100_000);
  }

  @Test
  void aSecondRowOfTheSameNumberIsNamed() throws SQLException {
    tamper(
        schema,
        "insert into audit_event (id, action, outcome, actor_kind, actor_name, details)"
            + " values ("
            + ids.get(4)
            + ", 'LOGIN', 'SUCCESS', 'PERSON', 'reader0', '{}')");

    Finding finding = only(verify());

    assertThat(finding.kind()).isEqualTo(Kind.EVENT_INSERTED);
    assertThat(finding.event()).isEqualTo(ids.get(4));
  }

  @Test
  void exchangedRowsAreNamed() throws SQLException {
    tamper(
        schema,
        """
        update audit_event e set actor_name = o.actor_name, patient_id = o.patient_id
        from audit_event o
        where (e.id, o.id) in ((%1$d, %2$d), (%2$d, %1$d))
        """
            .formatted(ids.get(2), ids.get(6)));

    VerificationReport report = verify();

    assertThat(report.findings())
        .extracting(Finding::kind, Finding::event)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Kind.EVENT_REORDERED, ids.get(2)),
            org.assertj.core.groups.Tuple.tuple(Kind.EVENT_REORDERED, ids.get(6)));
  }

  @Test
  void aRewrittenSealIsFoundAndTheRowNamedAlthoughTheChainFitsAgain() throws SQLException {
    tamper(schema, "update audit_event set patient_id = 'X' where id = " + ids.get(15));
    forgeFrom(2, List.of());

    VerificationReport report = verify();

    assertThat(report.findings()).extracting(Finding::kind).contains(Kind.SEAL_FORGED);
    assertThat(report.findings())
        .filteredOn(finding -> finding.kind() == Kind.EVENT_CHANGED)
        .extracting(Finding::event)
        .containsExactly(ids.get(15));
    // Without the private key the batch is found, not the row.
    assertThat(verify(TrustedKeys.of(key.publicKey()), List.of(), List.of()).findings())
        .extracting(Finding::kind)
        .contains(Kind.SEAL_FORGED);
  }

  @Test
  void aRowTakenOutOfItsRewrittenSealIsFoundAndItsPlaceNamed() throws SQLException {
    tamper(schema, "delete from audit_event where id = " + ids.get(13));
    forgeFrom(2, List.of(ids.get(13)));

    VerificationReport report = verify();

    assertThat(report.findings()).extracting(Finding::kind).contains(Kind.SEAL_FORGED);
    assertThat(report.findings())
        .filteredOn(finding -> finding.kind() == Kind.EVENT_REMOVED)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.event()).isEqualTo(ids.get(14));
              assertThat(finding.what()).contains("after event " + ids.get(12));
            });
  }

  @Test
  void aSealTakenOutOfTheMiddleIsFound() throws SQLException {
    tamper(schema, "delete from audit_seal where seq = 2");

    assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.SEAL_REMOVED);
  }

  @Test
  void aTailThatWasCutOffIsFoundByTheHeadKeptOutside() throws SQLException {
    SealHead head = head();
    tamper(
        schema,
        "delete from audit_event where id >= "
            + ids.get(20)
            + "; delete from audit_seal where seq = 3");
    assertThat(verify().isIntact()).as("without a head nothing shows").isTrue();

    VerificationReport report = verify(TrustedKeys.of(key), List.of(head), List.of());

    Finding finding = only(report);
    assertThat(finding.kind()).isEqualTo(Kind.CHAIN_CUT_SHORT);
    assertThat(finding.what()).contains("25 events").contains("ends at 2 with 20");
  }

  @Test
  void aTailThatWasReplacedIsFoundByTheHeadKeptOutside() throws SQLException {
    SealHead head = head();
    tamper(
        schema,
        "delete from audit_event where id >= "
            + ids.get(20)
            + "; delete from audit_seal where seq = 3");
    record(schema, 4);
    seal();

    VerificationReport report = verify(TrustedKeys.of(key), List.of(head), List.of());

    assertThat(only(report).kind()).isEqualTo(Kind.CHAIN_CUT_SHORT);
  }

  @Test
  void anotherHospitalsSealsDoNotFit() throws SQLException {
    String other = TrailDatabase.openTenant(null);
    tamper(
        other,
        "insert into audit_event select * from %1$s.audit_event;".formatted(schema)
            + "insert into audit_seal select * from %1$s.audit_seal".formatted(schema));
    schema = other;

    assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.SEAL_CHANGED);
  }

  @Test
  void idsThatAreCommittedLateAreSealedLateAndNotLost() throws SQLException {
    try (Connection slow = TrailDatabase.application(schema)) {
      slow.setAutoCommit(false);
      long early = record(slow, "slow", "P");
      List<Long> later = record(schema, 2);
      seal();
      assertThat(later).allMatch(id -> id > early);
      slow.commit();
      seal();

      VerificationReport report = verify();
      assertThat(report.findings()).isEmpty();
      assertThat(report.events()).isEqualTo(28);
    }
  }

  @Test
  void whoWritesNeverWaitsForWhoSealsAndTwoNeverSealAtOnce() throws SQLException {
    record(schema, 1);
    try (Connection first = TrailDatabase.owner().getConnection()) {
      first.setAutoCommit(false);
      assertThat(new ChainOfSeals(new Trail(first, schema), key).sealNext(100)).isPresent();

      List<Long> meanwhile = record(schema, 1);
      assertThat(seal()).as("another sealer finds nothing to do").isEmpty();

      first.commit();
      assertThat(seal().orElseThrow().rows()).extracting(AuditRow::id).isEqualTo(meanwhile);
    }
    assertThat(verify().findings()).isEmpty();
  }

  private Optional<Sealed> seal() throws SQLException {
    try (Connection connection = TrailDatabase.owner().getConnection()) {
      connection.setAutoCommit(false);
      Optional<Sealed> sealed = new ChainOfSeals(new Trail(connection, schema), key).sealNext(100);
      connection.commit();
      return sealed;
    }
  }

  private SealHead head() throws SQLException {
    try (Connection connection = TrailDatabase.owner().getConnection()) {
      return new Trail(connection, schema).head();
    }
  }

  private VerificationReport verify() throws SQLException {
    return verify(TrustedKeys.of(key), List.of(), List.of());
  }

  private VerificationReport verify(TrustedKeys keys, List<SealHead> heads, List<Anchor> anchors)
      throws SQLException {
    try (Connection connection = TrailDatabase.owner().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new ChainVerifier(new Trail(connection, schema), keys)
          .withHeads(heads)
          .withAnchors(anchors)
          .verify();
    }
  }

  private static Finding only(VerificationReport report) {
    assertThat(report.findings()).hasSize(1);
    assertThat(report.isIntact()).isFalse();
    return report.findings().get(0);
  }

  /** What a superuser who knows this code but not the key would do: make the chain fit again. */
  private void forgeFrom(long seq, List<Long> without) throws SQLException {
    SealingKey wrong = TrailDatabase.newKey();
    List<Seal> all = new ArrayList<>();
    try (Connection connection = TrailDatabase.owner().getConnection()) {
      connection.setAutoCommit(false);
      Trail trail = new Trail(connection, schema);
      trail.eachSeal(1, all::add);
      List<Seal> forged = new ArrayList<>();
      SealHead before = all.get((int) seq - 2).head();
      for (Seal seal : all.subList((int) seq - 1, all.size())) {
        List<Long> kept =
            seal.leaves().stream().map(Leaf::id).filter(id -> !without.contains(id)).toList();
        List<Leaf> leaves =
            trail.rows(kept, AuditRow.instant(0), java.time.Instant.now().plusSeconds(60)).stream()
                .map(Leaf::of)
                .sorted(java.util.Comparator.comparingLong(Leaf::id))
                .toList();
        Seal made = Seal.of(schema, before, leaves, seal.sealedAt(), wrong);
        // He leaves the tags he cannot make as they were, and claims the trusted key.
        java.io.ByteArrayOutputStream tags = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < seal.leaves().size(); i++) {
          if (!without.contains(seal.leaves().get(i).id())) {
            tags.write(seal.tags(), i * LeafTags.LENGTH, LeafTags.LENGTH);
          }
        }
        byte[] hash =
            Seal.hash(
                schema,
                made.seq(),
                leaves.size(),
                made.root(),
                made.eventTotal(),
                before.hash(),
                seal.sealedAt(),
                key.id());
        made =
            new Seal(
                schema,
                made.seq(),
                leaves,
                tags.toByteArray(),
                made.root(),
                made.eventTotal(),
                before.hash(),
                seal.sealedAt(),
                key.id(),
                hash,
                wrong.sign(hash));
        forged.add(made);
        before = made.head();
      }
      connection.rollback();
      tamper(schema, "delete from audit_seal where seq >= " + seq);
      for (Seal seal : forged) {
        trail.add(seal);
      }
      connection.commit();
    }
  }

  @Test
  void rowsOfTheOldTableAreKeptWhenItBecomesPartitioned() throws SQLException {
    String old = TrailDatabase.openTenant("20261122.10");
    TrailDatabase.superuser(
        """
        insert into %1$s.audit_event (occurred_at, action, outcome, actor_kind, actor_name, details)
        select timestamptz '2026-01-15 12:00+00' + n * interval '9 days', 'LOGIN', 'SUCCESS', 'PERSON',
               'reader', '{"n": "1"}' from generate_series(1, 30) n
        """
            .formatted(old));

    TrailDatabase.migrate(old, "classpath:db/tenant", null);

    try (Connection connection = TrailDatabase.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(distinct tableoid), max(id) from "
                    + old
                    + ".audit_event")) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(30);
      assertThat(row.getLong(2)).as("a partition a month").isGreaterThan(8);
      assertThat(row.getLong(3)).isEqualTo(30);
    }
    assertThat(record(old, 1)).as("the numbers go on").containsExactly(31L);
    schema = old;
    seal();
    assertThat(verify().events()).isEqualTo(31);
    assertThat(verify().isIntact()).isTrue();
  }
}
