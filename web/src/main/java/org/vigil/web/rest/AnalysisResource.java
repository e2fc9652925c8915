package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.Analyses.Feedback;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.AnalysisView.FindingView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/**
 * Analyses: what a model said of an image, asking for one, and what the radiologist thinks of it.
 */
@Path("/image-analysis")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.ANALYSIS_VIEW)
public class AnalysisResource {
  @Inject private Analyses analyses;
  @Inject private CurrentUser currentUser;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  public AnalysisList list(
      @QueryParam("patientId") String patientId,
      @QueryParam("modality") String modality,
      @QueryParam("status") String status,
      @QueryParam("priority") String priority,
      @QueryParam("dateFrom") String from,
      @QueryParam("dateTo") String to,
      @QueryParam("page") @DefaultValue("1") int page,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    Analyses.Filter filter =
        new Analyses.Filter(
            patientId,
            modality,
            Require.term(AnalysisView.Status.class, status, "status"),
            Require.term(Priority.class, priority, "priority"),
            Require.instant(from, "dateFrom"),
            Require.instant(to, "dateTo"),
            Math.max(1, page),
            Math.max(1, Math.min(limit, 200)));
    Analyses.Page found =
        reads.viewed(
            Action.ANALYSES_LISTED,
            filter.toString(),
            () -> analyses.list(filter),
            (event, listed) ->
                event
                    .about(null, patientId)
                    .with(Map.of("analyses", Integer.toString(listed.analyses().size()))));
    return new AnalysisList(
        found.analyses().stream()
            .filter(a -> access.reaches(Permission.ANALYSIS_VIEW, a.modality()))
            .map(AnalysisBody::of)
            .toList(),
        new Pagination(found.page(), found.limit(), found.total()));
  }

  @GET
  @Path("/{id}")
  public AnalysisBody analysis(@PathParam("id") String id) {
    return AnalysisBody.of(view(id, "findings"));
  }

  /** The heat map as a translucent PNG that covers the whole image. */
  @GET
  @Path("/{id}/heat-map")
  @Produces("image/png")
  public Response heatMap(@PathParam("id") String id) {
    ResultContent.HeatMap heatMap = view(id, "heat map").heatMap();
    if (heatMap == null) {
      throw new VigilException(ErrorCode.KERNEL_0004, Map.of("analysisId", id));
    }
    return Response.ok(HeatMapImage.png(heatMap)).build();
  }

  /** Asks for the enabled models to run on a study (again). */
  @POST
  @Allowed(Permission.ANALYSIS_REQUEST)
  public Response request(AnalysisRequest body) {
    StudyInstanceUid study =
        StudyInstanceUid.of(
            Require.present(Require.present(body, "body").studyInstanceUid(), "studyInstanceUid"));
    access.require(Permission.ANALYSIS_REQUEST, study);
    List<UUID> created =
        analyses.request(
            study, Require.term(Priority.class, body.priority(), "priority"), currentUser.actor());
    return Response.accepted(
            Map.of("analysisIds", created, "analysisId", created.get(0), "status", "pending"))
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Allowed(Permission.ANALYSIS_CANCEL)
  public Map<String, String> cancel(@PathParam("id") String id) {
    analyses.cancel(reached(Permission.ANALYSIS_CANCEL, id), currentUser.actor());
    return Map.of("message", "cancelled");
  }

  /** The reader has looked at the images and now looks at the AI. */
  @POST
  @Path("/{id}/reveal")
  @Allowed(Permission.AI_REVEAL)
  public void reveal(@PathParam("id") String id) {
    analyses.reveal(reached(Permission.AI_REVEAL, id), currentUser.actor());
  }

  @POST
  @Path("/{id}/findings/{finding}/feedback")
  @Allowed(Permission.FINDING_FEEDBACK)
  public Map<String, String> feedback(
      @PathParam("id") String id, @PathParam("finding") String finding, FeedbackBody body) {
    Feedback feedback =
        Require.term(Feedback.class, Require.present(body, "body").feedback(), "feedback");
    analyses.feedback(
        reached(Permission.FINDING_FEEDBACK, id),
        Require.uuid(finding, "finding"),
        Require.present(feedback, "feedback"),
        body.comments(),
        currentUser.actor());
    return Map.of("message", "recorded");
  }

  /** The refusal, which is audited by itself, comes before the read begins. */
  private AnalysisView view(String id, String what) {
    UUID analysis = reached(Permission.ANALYSIS_VIEW, id);
    return reads.viewed(
        Action.ANALYSIS_VIEWED,
        what + " " + id,
        () -> find(analysis),
        (event, found) ->
            reads
                .about(event, found.study())
                .on(id)
                .with(
                    Map.of(
                        "what", what,
                        "model", found.modelId(),
                        "modelVersion", found.modelVersion())));
  }

  private AnalysisView find(UUID id) {
    return analyses
        .find(id)
        .orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0001, Map.of("analysisId", id)));
  }

  /** The id, of an analysis that the permission reaches or that does not exist. */
  private UUID reached(Permission permission, String id) {
    UUID analysis = Require.uuid(id, "id");
    if (access.only(permission).isPresent()) {
      analyses.find(analysis).ifPresent(a -> access.require(permission, a.study(), a.modality()));
    }
    return analysis;
  }

  /** What to analyse. */
  public record AnalysisRequest(String studyInstanceUid, String priority) {}

  /** Whether the radiologist agrees. */
  public record FeedbackBody(String feedback, String comments) {}

  /** A page of analyses. */
  public record AnalysisList(List<AnalysisBody> analyses, Pagination pagination) {}

  /** Where in the list. */
  public record Pagination(int page, int limit, long total) {}

  /** An analysis. */
  public record AnalysisBody(
      UUID analysisId,
      String studyInstanceUid,
      String modality,
      String status,
      String priority,
      Instant requestedAt,
      Instant startedAt,
      Instant completedAt,
      Long processingTimeMs,
      String modelId,
      String modelVersion,
      String modelName,
      String intendedUse,
      boolean notForClinicalUse,
      String errorCode,
      String errorMessage,
      List<FindingBody> findings,
      boolean heatMap,
      String disclaimer) {

    static AnalysisBody of(AnalysisView a) {
      return new AnalysisBody(
          a.id(),
          a.study().value(),
          a.modality(),
          Terms.of(a.status()),
          Terms.of(a.priority()),
          a.requestedAt(),
          a.startedAt(),
          a.completedAt(),
          a.startedAt() == null || a.completedAt() == null
              ? null
              : Duration.between(a.startedAt(), a.completedAt()).toMillis(),
          a.modelId(),
          a.modelVersion(),
          a.modelName(),
          a.intendedUse(),
          a.notForClinicalUse(),
          a.errorCode(),
          a.errorMessage(),
          a.findings().stream().map(f -> FindingBody.of(a, f)).toList(),
          a.heatMap() != null,
          Disclaimer.TEXT);
    }
  }

  /** A label the model looked for; the box is in pixels of the image, origin top left. */
  public record FindingBody(
      UUID id,
      String findingType,
      String label,
      String severity,
      double confidenceScore,
      double operatingPoint,
      boolean positive,
      ResultContent.Box boundingBox,
      String sopInstanceUid,
      int frameNumber,
      String description,
      String radiologistFeedback,
      String radiologistComments) {

    static FindingBody of(AnalysisView a, FindingView f) {
      return new FindingBody(
          f.id(),
          f.findingType(),
          f.code().meaning(),
          f.severity().term(),
          f.confidence(),
          f.operatingPoint(),
          f.positive(),
          f.box(),
          a.image().value(),
          a.frameNumber(),
          f.description(),
          f.feedback(),
          f.comments());
    }
  }
}
