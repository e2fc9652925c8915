package org.vigil.tenancy.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.TenantId;

class TenantWatchTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** Who was touched is known to all watches: each test has hospitals of its own. */
  private final String prefix = "watched" + NUMBER.incrementAndGet();

  private final List<TenantView> hospitals = hospitals(prefix, 100);
  private final TenantWatch watch = new TenantWatch(Duration.ofMinutes(1), Duration.ofMinutes(10));

  @Test
  void visitsAllOnceAndThenThoseWithSomethingOutstanding() {
    List<TenantId> visited = visit(prefix + "-3");
    assertThat(visited).hasSize(100);

    assertThat(visit(prefix + "-3")).containsExactly(TenantId.of(prefix + "-3"));
    assertThat(visit("none")).containsExactly(TenantId.of(prefix + "-3"));
    assertThat(visit("none")).isEmpty();
  }

  @Test
  void visitsWhomSomebodyWorkedForMeanwhile() {
    visit("none");
    TenantContext.run(TenantId.of(prefix + "-7"), () -> {});
    assertThat(visit("none")).containsExactly(TenantId.of(prefix + "-7"));
  }

  @Test
  void comesToTheQuietOnesAFewAtATime() {
    visit("none");
    assertThat(watch.due(hospitals, System.nanoTime() + HOUR)).hasSize(3);
  }

  @Test
  void firstLooksGoOnWhereTheSliceOfTimeEnded() {
    TenantWatch hurried = new TenantWatch(Duration.ZERO, Duration.ofMinutes(10));
    List<TenantId> visited = new ArrayList<>();
    int calls = 0;
    boolean all = false;
    while (!all) {
      all =
          hurried.visit(
              hospitals.subList(0, 5),
              () -> {
                visited.add(TenantContext.current());
                long until = System.nanoTime() + 1;
                while (System.nanoTime() <= until) {
                  Thread.onSpinWait();
                }
                return false;
              },
              (tenant, cause) -> {
                throw cause;
              });
      assertThat(++calls).isLessThan(100);
    }
    assertThat(visited).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void aFailedVisitIsRepeated() {
    List<TenantId> failed = new ArrayList<>();
    watch.visit(
        hospitals.subList(0, 1),
        () -> {
          throw new IllegalStateException("down");
        },
        (tenant, cause) -> failed.add(tenant));
    assertThat(failed).containsExactly(TenantId.of(prefix + "-0"));
    assertThat(watch.due(hospitals.subList(0, 1), System.nanoTime())).hasSize(1);
  }

  private List<TenantId> visit(String withSomethingOutstanding) {
    List<TenantId> visited = new ArrayList<>();
    watch.visit(
        hospitals,
        () -> {
          visited.add(TenantContext.current());
          return TenantContext.current().value().equals(withSomethingOutstanding);
        },
        (tenant, cause) -> {
          throw cause;
        });
    return visited;
  }

  private static List<TenantView> hospitals(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> TenantId.of(prefix + "-" + n))
        .map(id -> new TenantView(id, "H", ZoneOffset.UTC, id.value(), id.value()))
        .toList();
  }
}
