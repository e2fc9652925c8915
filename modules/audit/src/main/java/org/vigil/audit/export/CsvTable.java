package org.vigil.audit.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.audit.api.AuditTrail.Entry;

/**
 * Events as lines of CSV (RFC 4180). A value that a spreadsheet would take for a formula begins
 * with an apostrophe: what a stranger wrote into a user name is never executed at the reader's
 * desk.
 */
final class CsvTable {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "occurred_at",
          "action",
          "outcome",
          "actor_kind",
          "actor_name",
          "actor_address",
          "study_uid",
          "patient_id",
          "entity",
          "details");

  private CsvTable() {}

  static String heading() {
    return String.join(",", COLUMNS) + "\r\n";
  }

  static String line(Entry entry) {
    Map<String, String> details = new TreeMap<>(entry.details());
    return Stream.of(
                Long.toString(entry.id()),
                entry.occurredAt().toString(),
                entry.action().name(),
                entry.outcome().name(),
                entry.actorKind(),
                entry.actorName(),
                entry.actorAddress(),
                entry.studyInstanceUid(),
                entry.patientId(),
                entry.entity(),
                details.entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining("; ")))
            .map(CsvTable::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  static String cell(String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String safe = "=+-@\t\r\n|%".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
