package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.api.Worklist.Entry;
import org.vigil.analysis.api.Worklist.ReadingStatus;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** The reading order, and how a page hears of its changes. */
@Path("/worklist")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.WORKLIST_VIEW)
public class WorklistResource {
  @Inject private Worklist worklist;
  @Inject private WorklistStream stream;
  @Inject private AuditedReads reads;
  @Inject private CurrentUser currentUser;
  @Inject private StudyAccess access;

  /** The list in reading order; read studies only when asked for. */
  @GET
  public WorklistBody list(@QueryParam("includeRead") @DefaultValue("false") boolean includeRead) {
    List<Entry> entries =
        reads.viewed(
            Action.WORKLIST_VIEWED,
            "includeRead=" + includeRead,
            () ->
                worklist.entries(includeRead).stream()
                    .filter(e -> access.reaches(Permission.WORKLIST_VIEW, e.modality()))
                    .toList(),
            (event, found) -> event.with(Map.of("studies", Integer.toString(found.size()))));
    return new WorklistBody(
        Instant.now(), Disclaimer.TEXT, entries.stream().map(Line::of).toList());
  }

  /** Server-sent events {@code worklist}; the page fetches the list again when one comes. */
  @GET
  @Path("/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) {
    reads.always(Action.WORKLIST_FOLLOWED, () -> sink, (event, opened) -> event);
    boolean limited = access.only(Permission.WORKLIST_VIEW).isPresent();
    stream.open(TenantContext.current(), currentUser.identity().session(), limited, sink, sse);
  }

  @PUT
  @Path("/{study}/reading-status")
  @Allowed(Permission.READING_STATUS_CHANGE)
  public void setReadingStatus(@PathParam("study") String study, ReadingStatusBody body) {
    ReadingStatus status =
        Require.term(
            ReadingStatus.class, Require.present(body, "body").readingStatus(), "readingStatus");
    StudyInstanceUid uid = StudyInstanceUid.of(study);
    access.require(Permission.READING_STATUS_CHANGE, uid);
    worklist.setReadingStatus(uid, Require.present(status, "readingStatus"), currentUser.actor());
  }

  /** The list. */
  public record WorklistBody(Instant generatedAt, String disclaimer, List<Line> entries) {}

  /** What a radiologist did with a study. */
  public record ReadingStatusBody(String readingStatus) {}

  /** A finding in short. */
  public record TopFinding(String label, double confidence) {}

  /** A line of the list. */
  public record Line(
      int position,
      int arrivalPosition,
      String studyInstanceUid,
      String accessionNumber,
      String patientName,
      String patientId,
      LocalDate patientBirthDate,
      String patientSex,
      String modality,
      String studyDescription,
      Instant receivedAt,
      Instant lastImageAt,
      Instant rankedAt,
      String orderPriority,
      String severity,
      String aiStatus,
      String aiNotRunReason,
      String matchStatus,
      String readingStatus,
      TopFinding topFinding,
      List<UUID> analysisIds) {

    static Line of(Entry e) {
      return new Line(
          e.position(),
          e.arrivalPosition(),
          e.study().value(),
          e.accessionNumber(),
          e.patientName(),
          e.patientId(),
          e.patientBirthDate(),
          e.patientSex(),
          e.modality(),
          e.studyDescription(),
          e.receivedAt(),
          e.lastImageAt(),
          e.rankedAt(),
          Terms.of(e.orderPriority()),
          e.severity() == null ? null : e.severity().term(),
          Terms.of(e.aiStatus()),
          e.aiNotRunReason(),
          Terms.of(e.matchStatus()),
          Terms.of(e.readingStatus()),
          e.topFindingLabel() == null
              ? null
              : new TopFinding(e.topFindingLabel(), e.topFindingConfidence()),
          e.analyses());
    }
  }
}
