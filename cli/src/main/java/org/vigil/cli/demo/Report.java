package org.vigil.cli.demo;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Tells what came of the night. */
final class Report {
  private static final int SHOWN = 6;

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  /** The queue as it came and as it is read. */
  void queue(List<VigilApi.Line> lines) {
    out.println();
    out.println("The queue as the studies came:");
    List<VigilApi.Line> arrived =
        lines.stream().sorted(Comparator.comparingInt(VigilApi.Line::arrivalPosition)).toList();
    int critical = -1;
    for (int i = 0; i < arrived.size(); i++) {
      if (isCritical(arrived.get(i))) {
        critical = i;
        break;
      }
    }
    for (int i = 0; i < arrived.size(); i++) {
      if (i < 3 || i == critical || i == arrived.size() - 1) {
        line(arrived.get(i).arrivalPosition(), arrived.get(i));
      } else if (i == 3 || i == critical + 1) {
        out.println("        ...");
      }
    }
    out.println();
    out.println("The queue as it is read now:");
    lines.stream().limit(SHOWN).forEach(line -> line(line.position(), line));
    if (lines.size() > SHOWN) {
      out.println("        ... and " + (lines.size() - SHOWN) + " more");
    }
    notRun(lines);
  }

  /** What left, and how long the critical study took. */
  void figures(Outcome outcome, List<String> refusals) {
    out.println();
    if (outcome.criticalFrom() == null) {
      out.println("No study was found critical.");
    } else {
      out.printf(
          Locale.ROOT,
          "The critical study came as number %d and is read as number %d, %s s after its last"
              + " image.%n",
          outcome.criticalFrom(),
          outcome.criticalTo(),
          outcome.secondsToTop());
    }
    out.printf(
        Locale.ROOT,
        "%d studies, %d analysed, %d failed, %d AI not run; %.1f studies a second.%n",
        outcome.studies(),
        outcome.analysed(),
        outcome.failed(),
        outcome.notRun(),
        outcome.studiesPerSecond());
    out.printf(
        "Received: PACS %d SR and %d heat-map captures, RIS %d ORU, EHR %d reports and %d"
            + " alerts.%n",
        outcome.sr(), outcome.heatMaps(), outcome.oru(), outcome.fhirBundles(), outcome.alerts());
    out.println("Audit events: " + outcome.auditEvents());
    if (!refusals.isEmpty()) {
      out.println();
      out.println("Refused by Vigil:");
      refusals.forEach(refusal -> out.println("  " + refusal));
    }
    out.println();
    out.println("AI assistance is not diagnostic. The models shipped are not for clinical use.");
  }

  private void notRun(List<VigilApi.Line> lines) {
    List<VigilApi.Line> notRun =
        lines.stream().filter(line -> Objects.equals(line.aiStatus(), "not_run")).toList();
    if (!notRun.isEmpty()) {
      out.println();
      out.println("AI not run (which says nothing about the images):");
      notRun.forEach(
          line ->
              out.printf(
                  "  %3d  %-4s %-28s %s%n",
                  line.position(),
                  text(line.modality()),
                  shorten(text(line.studyDescription()), 28),
                  line.aiNotRunReason()));
    }
  }

  private void line(int place, VigilApi.Line line) {
    out.printf(
        Locale.ROOT,
        "  %3d  %-24s %-4s %-26s %s%n",
        place,
        shorten(text(line.patientName()).replace('^', ' '), 24),
        text(line.modality()),
        shorten(text(line.studyDescription()), 26),
        verdict(line));
  }

  private static String verdict(VigilApi.Line line) {
    if (line.topFinding() != null && line.severity() != null) {
      return String.format(
          Locale.ROOT,
          "%s: %s (%.2f)",
          line.severity().toUpperCase(Locale.ROOT),
          line.topFinding().label(),
          line.topFinding().confidence());
    }
    return "AI " + text(line.aiStatus()).replace('_', ' ');
  }

  private static boolean isCritical(VigilApi.Line line) {
    return Objects.equals(line.severity(), "critical");
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static String shorten(String value, int length) {
    return value.length() <= length ? value : value.substring(0, length - 1) + "…";
  }
}
