package org.vigil.audit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many trails asked at once: what has something to do is found, the others are left alone. */
@Timeout(120)
class TrailSurveyTest {
  private final SealingKey key = TrailDatabase.newKey();
  private final String quiet = TrailDatabase.openTenant(null);
  private final String busy = TrailDatabase.openTenant(null);
  private final List<String> trails = List.of("platform", "t_not_there", quiet, busy);

  @Test
  void onlyTrailsWithCommittedEventsThatNoSealCoversAreSealedNext() throws Exception {
    try (Connection slow = TrailDatabase.application(busy)) {
      slow.setAutoCommit(false);
      TrailDatabase.record(slow, "reader", "P1");
      assertThat(found(TrailSurvey::unsealed)).as("not committed").doesNotContain(busy, quiet);
      slow.commit();
    }
    assertThat(found(TrailSurvey::unsealed)).contains(busy).doesNotContain(quiet, "t_not_there");

    seal(busy);
    assertThat(found(TrailSurvey::unsealed)).doesNotContain(busy, quiet);
  }

  @Test
  void aTrailThatAnotherNodeSealsAtThisMomentHoldsNobodyUp() throws Exception {
    // Sealed by another node at this moment: its note is gone when it commits, and there until
    // then.
    TrailDatabase.record(busy, 3);
    try (Connection other = TrailDatabase.owner().getConnection()) {
      other.setAutoCommit(false);
      new ChainOfSeals(new Trail(other, busy), key).sealNext(100);
      assertThat(found(TrailSurvey::unsealed)).contains(busy);
      other.commit();
    }
    assertThat(found(TrailSurvey::unsealed)).doesNotContain(busy);
  }

  @Test
  void aReceiverIsBehindUntilItWasHandedTheNewestSeal() throws Exception {
    TrailDatabase.record(busy, 2);
    seal(busy);
    assertThat(found(trails -> trails.behind("syslog"))).contains(busy).doesNotContain(quiet);

    List<AuditRow> handed = new ArrayList<>();
    on(busy, trail -> new SealCursor(trail, "syslog").next(10, handed::addAll));
    assertThat(handed).hasSize(2);
    assertThat(found(trails -> trails.behind("syslog"))).doesNotContain(busy);
    assertThat(found(trails -> trails.behind("anomalies"))).contains(busy);

    TrailDatabase.record(busy, 1);
    seal(busy);
    assertThat(found(trails -> trails.behind("syslog"))).contains(busy);
  }

  @Test
  void aDayIsAnchoredWhenItIsOverAndOnce() throws Exception {
    TrailDatabase.record(busy, 2);
    seal(busy);
    assertThat(found(TrailSurvey::unanchored)).as("today is not over").doesNotContain(busy, quiet);
    TrailDatabase.tamper(busy, "update audit_seal set sealed_at = sealed_at - interval '1 day'");
    assertThat(found(TrailSurvey::unanchored)).contains(busy).doesNotContain(quiet);
    assertThat(anchored()).doesNotContainKeys(busy, quiet);

    on(busy, trail -> new ChainOfSeals(trail, key).anchor());
    assertThat(found(TrailSurvey::unanchored)).doesNotContain(busy);
    assertThat(anchored())
        .containsEntry(busy, LocalDate.now(ZoneOffset.UTC).minusDays(1))
        .doesNotContainKey(quiet);

    TrailDatabase.record(busy, 1);
    seal(busy);
    assertThat(found(TrailSurvey::unanchored)).as("today's seal waits").doesNotContain(busy);
  }

  @Test
  void partitionsThatAreMissingAndTheOldestMonthAreTold() throws Exception {
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    assertThat(found(trails -> trails.without(now))).doesNotContain(busy, quiet, "t_not_there");
    assertThat(found(trails -> trails.without(now.plusMonths(7))))
        .contains(busy, quiet)
        .doesNotContain("t_not_there");
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      TrailDatabase.execute(
          owner, "select platform.audit_make_partition('" + busy + "', '2019-01-01')");
    }
    assertThat(survey(TrailSurvey::oldest).get(busy).name()).isEqualTo("audit_event_2019_01");
    assertThat(survey(TrailSurvey::oldest).get(quiet).name()).isEqualTo(Retention.partition(now));
  }

  @Test
  void moreTrailsThanOneStatementTakesAreAllAsked() throws Exception {
    TrailDatabase.record(busy, 1);
    List<String> many =
        new ArrayList<>(IntStream.range(0, 250).mapToObj(i -> "t_no_" + i).toList());
    many.add(busy);
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      assertThat(new TrailSurvey(owner, many).unsealed()).containsExactly(busy);
    }
  }

  private void seal(String schema) throws SQLException {
    on(schema, trail -> new ChainOfSeals(trail, key).sealNext(100));
  }

  private static <T> T on(String schema, Work<T> work) throws SQLException {
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      owner.setAutoCommit(false);
      T result = work.of(new Trail(owner, schema));
      owner.commit();
      return result;
    }
  }

  private Set<String> found(Question<Set<String>> question) throws SQLException {
    return survey(question);
  }

  private Map<String, LocalDate> anchored() throws SQLException {
    return survey(TrailSurvey::anchored);
  }

  private <T> T survey(Question<T> question) throws SQLException {
    try (Connection owner = TrailDatabase.owner().getConnection()) {
      return question.of(new TrailSurvey(owner, trails));
    }
  }

  private interface Work<T> {
    T of(Trail trail) throws SQLException;
  }

  private interface Question<T> {
    T of(TrailSurvey trails) throws SQLException;
  }
}
