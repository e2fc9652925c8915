package org.vigil.audit.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.AuditExports;
import org.vigil.audit.api.AuditTrail;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.audit.api.AuditTrail.Page;
import org.vigil.audit.api.AuditTrail.Search;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.audit.persistence.AuditFigures;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Writes trails out page by page, so that an export of any length takes no memory. */
@ApplicationScoped
public class TrailExports implements AuditExports {
  @Inject private AuditTrail trail;
  @Inject private AuditFigures figures;
  @Inject private Event<AuditEvent> audit;

  @Override
  public void export(Format format, Search search, Actor actor, OutputStream out)
      throws IOException {
    audit.fire(
        AuditEvent.of(Action.AUDIT_EXPORTED, actor)
            .about(null, search.patientId())
            .with(Map.of("format", format.name())));
    // Without an end, an export would meet the events it causes itself.
    Instant end = search.to() == null ? Instant.now() : search.to();
    if (format == Format.CSV) {
      write(out, CsvTable.heading());
    }
    String after = null;
    do {
      Page page =
          trail.search(
              new Search(
                  search.from(),
                  end,
                  search.patientId(),
                  search.actorName(),
                  search.studyInstanceUid(),
                  search.action(),
                  search.outcome(),
                  after,
                  AuditTrail.LONGEST_PAGE),
              actor);
      for (Entry entry : page.events()) {
        write(out, line(format, entry));
      }
      after = page.next();
    } while (after != null);
  }

  private static String line(Format format, Entry entry) {
    return switch (format) {
      case CSV -> CsvTable.line(entry);
      case FHIR_NDJSON -> FhirAuditEvents.json(entry, source()) + "\n";
      case DICOM_XML -> DicomAuditMessages.xml(entry, source()) + "\n";
    };
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String fhirPage(Search search, String base, Actor actor) {
    Page page = trail.search(search, actor);
    return FhirAuditEvents.bundle(
        page.events(), source(), base, page.next() == null ? null : base + "&after=" + page.next());
  }

  @Override
  public byte[] quarterlyReport(int year, int quarter, Actor actor) {
    if (quarter < 1 || quarter > 4 || year < 2000 || year > 9999) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", "quarter", "problem", "is not a quarter from 1 to 4 of a year"));
    }
    LocalDate first = LocalDate.of(year, 3 * quarter - 2, 1);
    Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = first.plusMonths(3).atStartOfDay(ZoneOffset.UTC).toInstant();
    String name = year + " Q" + quarter;
    AuditFigures.Quarter counted =
        figures.count(from, to, AuditEvent.of(Action.AUDIT_EXPORTED, actor).on("report " + name));
    try (QuarterlyReport report = new QuarterlyReport("Audit report " + name + " of " + source())) {
      report.section(
          "Period",
          List.of(
              first + " to " + first.plusMonths(3).minusDays(1) + " (UTC), made " + Instant.now()));
      report.section(
          "Integrity",
          List.of(
              counted.events()
                  + " events, "
                  + counted.seals()
                  + " seals, last seal "
                  + counted.head(),
              counted.anchors()
                  + " daily anchors; "
                  + counted.deletions()
                  + " months deleted by policy"));
      report.section("Events by action and outcome", counted.byAction());
      report.section("Who accessed most", counted.byActor());
      report.section("Refusals", counted.refusals());
      report.section("Anomalies", counted.anomalies());
      report.section("Legal holds in force", counted.holds());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      report.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit report"), e);
    }
  }

  /** Names the hospital in messages. */
  private static String source() {
    return AuditEventRepository.schema().replaceFirst("^t_", "");
  }
}
