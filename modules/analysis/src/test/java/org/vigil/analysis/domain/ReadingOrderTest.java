package org.vigil.analysis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;

class ReadingOrderTest {
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");

  @Test
  void criticalThenStatThenAiUrgentThenUrgentOrderThenWaitingTime() {
    List<ReadingOrder.Line> expected =
        List.of(
            line("critical, early", Severity.CRITICAL, Priority.ROUTINE, 5),
            line("critical, late, stat", Severity.CRITICAL, Priority.STAT, 9),
            line("stat, negative", Severity.ROUTINE, Priority.STAT, 3),
            line("stat, not analysed", null, Priority.STAT, 7),
            line("ai urgent", Severity.URGENT, Priority.ROUTINE, 2),
            line("ai urgent, urgent order", Severity.URGENT, Priority.URGENT, 8),
            line("urgent order, negative", Severity.ROUTINE, Priority.URGENT, 4),
            line("no order, not analysed", null, null, 0),
            line("routine, negative", Severity.ROUTINE, Priority.ROUTINE, 1),
            line("routine, failed", null, Priority.ROUTINE, 6));
    List<ReadingOrder.Line> shuffled = new ArrayList<>(expected);
    Collections.shuffle(shuffled, new Random(47));
    shuffled.sort(ReadingOrder.comparator());
    assertThat(shuffled).containsExactlyElementsOf(expected);
  }

  @Test
  void withoutAiTheListIsByOrderPriorityAndArrival() {
    List<ReadingOrder.Line> lines =
        new ArrayList<>(
            List.of(
                line("c", null, Priority.ROUTINE, 0),
                line("d", null, null, 1),
                line("b", null, Priority.URGENT, 2),
                line("a", null, Priority.STAT, 3)));
    lines.sort(ReadingOrder.comparator());
    assertThat(lines).extracting(ReadingOrder.Line::tieBreaker).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aNegativeNeitherRaisesNorLowers() {
    assertThat(
            ReadingOrder.comparator()
                .compare(
                    line("x", Severity.ROUTINE, Priority.ROUTINE, 1),
                    line("x", null, Priority.ROUTINE, 1)))
        .isZero();
  }

  @Test
  void theCriticalOneOfFortySevenComesFirst() {
    List<ReadingOrder.Line> lines = new ArrayList<>();
    for (int i = 0; i < 47; i++) {
      lines.add(line("s" + i, i == 30 ? Severity.CRITICAL : Severity.ROUTINE, Priority.ROUTINE, i));
    }
    lines.sort(ReadingOrder.comparator());
    assertThat(lines.get(0).tieBreaker()).isEqualTo("s30");
    assertThat(lines.get(1).tieBreaker()).isEqualTo("s0");
  }

  private static ReadingOrder.Line line(
      String name, Severity severity, Priority priority, int minutes) {
    return new ReadingOrder.Line(severity, priority, TWO.plusSeconds(60L * minutes), name);
  }
}
