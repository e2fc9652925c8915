package org.vigil.cli.demo;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, one line at the end elsewhere. */
final class Progress implements AutoCloseable {
  private static final int TASK_WIDTH = 12;

  private final String task;
  private final long total;
  private final PrintWriter out;
  private final ProgressBar bar;
  private long done;

  Progress(String task, long total, PrintWriter out) {
    this.task = task;
    this.total = total;
    this.out = out;
    this.bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName(String.format("  %-" + TASK_WIDTH + "s", task))
                .setInitialMax(total)
                .setUpdateIntervalMillis(100)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
  }

  void step() {
    to(done + 1);
  }

  void to(long count) {
    done = count;
    if (bar != null) {
      bar.stepTo(count);
    }
  }

  @Override
  public void close() {
    if (bar == null) {
      out.printf("  %-" + TASK_WIDTH + "s %d of %d%n", task, done, total);
      out.flush();
    } else {
      bar.close();
    }
  }
}
