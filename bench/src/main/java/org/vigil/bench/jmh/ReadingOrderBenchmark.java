package org.vigil.bench.jmh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vigil.analysis.domain.ReadingOrder;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;

/** Putting a worklist into reading order, with few and with many studies waiting. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadingOrderBenchmark {
  @Param({"47", "1000"})
  int lines;

  private List<ReadingOrder.Line> arrived;

  @Setup
  public void arrive() {
    SplittableRandom random = new SplittableRandom(217);
    Instant start = Instant.parse("2026-11-22T02:17:00Z");
    arrived = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      Severity severity = random.nextInt(20) == 0 ? Severity.URGENT : Severity.ROUTINE;
      arrived.add(
          new ReadingOrder.Line(
              i == lines * 31 / 47 ? Severity.CRITICAL : severity,
              Priority.ROUTINE,
              start.plusSeconds(60L * i),
              "2.25." + i));
    }
  }

  @Benchmark
  public List<ReadingOrder.Line> order() {
    List<ReadingOrder.Line> read = new ArrayList<>(arrived);
    read.sort(ReadingOrder.comparator());
    return read;
  }
}
