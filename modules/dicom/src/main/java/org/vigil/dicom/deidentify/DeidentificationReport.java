package org.vigil.dicom.deidentify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was done to an object; it names elements and never their values. */
public final class DeidentificationReport {
  private final List<Line> lines = new ArrayList<>();

  /** What can be done to an element. */
  public enum Done {
    REMOVED,
    EMPTIED,
    REPLACED,
    CLEANED,
    MASKED
  }

  /**
   * One element.
   *
   * @param path tags from the data set down to it
   * @param keyword its name, empty for private ones
   * @param kind which of the Safe Harbor identifiers it may hold
   */
  public record Line(String path, String keyword, Done done, SafeHarbor kind) {}

  void add(String path, String keyword, Done done, SafeHarbor kind) {
    lines.add(new Line(path, keyword == null ? "" : keyword, done, kind));
  }

  /** In the order of the data set. */
  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** One line for each element, indented. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-10s %s %s (%s %s)%n",
              line.done().name().toLowerCase(Locale.ROOT),
              line.path(),
              line.keyword(),
              line.kind().letter(),
              line.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    return text.toString();
  }

  /** How many elements something was done to. */
  public long count(Done done) {
    return lines.stream().filter(line -> line.done() == done).count();
  }
}
