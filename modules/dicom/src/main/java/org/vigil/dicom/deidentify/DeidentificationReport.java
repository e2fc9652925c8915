package org.vigil.dicom.deidentify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  /** How many elements something was done to. */
  public long count(Done done) {
    return lines.stream().filter(line -> line.done() == done).count();
  }
}
