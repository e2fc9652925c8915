package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.Worklist;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.PriorStudy;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** A study with its series and what AI did with it; pixels come by DICOMweb. */
@Path("/studies")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.STUDY_VIEW)
public class StudyResource {
  @Inject private Studies studies;
  @Inject private Analyses analyses;
  @Inject private Worklist worklist;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  @Path("/{study}")
  public StudyBody study(@PathParam("study") String uid) {
    StudyInstanceUid study = StudyInstanceUid.of(uid);
    access.require(Permission.STUDY_VIEW, study);
    return reads.viewed(
        Action.STUDY_VIEWED,
        uid,
        () -> read(study),
        (event, body) -> event.about(study, body.patientId()));
  }

  private StudyBody read(StudyInstanceUid study) {
    StudyView view =
        studies.find(study).orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0004));
    Map<String, List<InstanceView>> bySeries = new LinkedHashMap<>();
    for (InstanceView instance : studies.instances(study)) {
      bySeries
          .computeIfAbsent(
              instance.seriesInstanceUid().value(), series -> new java.util.ArrayList<>())
          .add(instance);
    }
    String matchStatus =
        worklist
            .find(study)
            .map(entry -> Terms.of(entry.matchStatus()))
            .orElse(Terms.of(Worklist.MatchStatus.UNMATCHED));
    return new StudyBody(
        study.value(),
        view.patientName(),
        view.patientId(),
        view.patientBirthDate(),
        view.patientSex(),
        view.accessionNumber(),
        view.studyDate(),
        view.studyDescription(),
        String.join("\\", view.modalities()),
        matchStatus,
        bySeries.values().stream().map(SeriesBody::of).toList(),
        analyses.ofStudy(study).stream().map(AnalysisSummary::of).toList(),
        analyses
            .unavailable(study)
            .map(u -> new AiUnavailable(u.code().id(), u.sentence()))
            .orElse(null),
        studies.priors(study).stream()
            .map(PriorBody::of)
            .filter(prior -> access.reaches(Permission.STUDY_VIEW, prior.modality()))
            .toList(),
        Disclaimer.TEXT);
  }

  /** A study; {@code aiUnavailable} is null where AI would be run. */
  public record StudyBody(
      String studyInstanceUid,
      String patientName,
      String patientId,
      LocalDate patientBirthDate,
      String patientSex,
      String accessionNumber,
      LocalDate studyDate,
      String studyDescription,
      String modality,
      String matchStatus,
      List<SeriesBody> series,
      List<AnalysisSummary> analyses,
      AiUnavailable aiUnavailable,
      List<PriorBody> priors,
      String disclaimer) {}

  /**
   * An earlier study of the patient; {@code state} is {@code wanted}, {@code stored} or {@code
   * failed}, and {@code problem} says why it is not here, or not yet.
   */
  public record PriorBody(
      String studyInstanceUid,
      LocalDate studyDate,
      String modality,
      String studyDescription,
      String state,
      int instances,
      String problem) {

    static PriorBody of(PriorStudy prior) {
      return new PriorBody(
          prior.study().value(),
          prior.studyDate(),
          String.join("\\", prior.modalities()),
          prior.studyDescription(),
          Terms.of(prior.state()),
          prior.instances(),
          prior.problem());
    }
  }

  /** Why AI would not be run on this study now. */
  public record AiUnavailable(String code, String reason) {}

  /** A series; {@code origin} is {@code acquired} or {@code vigil}. */
  public record SeriesBody(
      String seriesInstanceUid,
      String modality,
      String seriesDescription,
      Integer seriesNumber,
      String origin,
      List<InstanceBody> instances) {

    static SeriesBody of(List<InstanceView> instances) {
      InstanceView first = instances.get(0);
      return new SeriesBody(
          first.seriesInstanceUid().value(),
          first.modality(),
          first.seriesDescription(),
          first.seriesNumber(),
          Terms.of(first.origin()),
          instances.stream().map(InstanceBody::of).toList());
    }
  }

  /** An instance. */
  public record InstanceBody(
      String sopInstanceUid,
      String sopClassUid,
      Integer instanceNumber,
      int rows,
      int columns,
      int numberOfFrames) {

    static InstanceBody of(InstanceView i) {
      return new InstanceBody(
          i.sopInstanceUid().value(),
          i.sopClassUid(),
          i.instanceNumber(),
          i.rows(),
          i.columns(),
          i.numberOfFrames());
    }
  }

  /** What AI did, without what it found: that is for when the reader asks. */
  public record AnalysisSummary(
      UUID analysisId,
      String status,
      String modelId,
      String modelVersion,
      String priority,
      String errorCode,
      String errorMessage) {

    static AnalysisSummary of(AnalysisView a) {
      return new AnalysisSummary(
          a.id(),
          Terms.of(a.status()),
          a.modelId(),
          a.modelVersion(),
          Terms.of(a.priority()),
          a.errorCode(),
          a.errorMessage());
    }
  }
}
