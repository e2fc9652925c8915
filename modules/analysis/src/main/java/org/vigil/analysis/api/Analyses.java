package org.vigil.analysis.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;

/** Reading analyses of the current tenant, and what a person may do with them. */
public interface Analyses {
  /** With findings and heat map. */
  Optional<AnalysisView> find(UUID id);

  List<AnalysisView> ofStudy(StudyInstanceUid study);

  Page list(Filter filter);

  /**
   * Asks for the enabled models to run (again) on a study.
   *
   * @param priority null: the order's
   * @return the jobs created
   * @throws org.vigil.kernel.VigilException IMAGING-0004, ANALYSIS-0004, ANALYSIS-0005;
   *     TENANCY-0009 when the hospital has switched detection off, TENANCY-0010 when the patient
   *     has opted out
   */
  List<UUID> request(StudyInstanceUid study, Priority priority, Actor actor);

  /**
   * Why AI would not be run on a study's images now; empty when it would. What was found before
   * stays readable.
   */
  Optional<Unavailable> unavailable(StudyInstanceUid study);

  /**
   * Cancels a pending job.
   *
   * @throws org.vigil.kernel.VigilException ANALYSIS-0001, ANALYSIS-0003
   */
  void cancel(UUID id, Actor actor);

  /** Notes that a reader looked at the images first and then at the AI. */
  void reveal(UUID id, Actor actor);

  /** Notes whether the radiologist agrees. */
  void feedback(UUID analysis, UUID finding, Feedback feedback, String comments, Actor actor);

  /** A code and a sentence for the reader, without patient data. */
  record Unavailable(ErrorCode code, String sentence) {}

  /** The seed's words. */
  enum Feedback {
    TRUE_POSITIVE,
    FALSE_POSITIVE,
    UNCERTAIN
  }

  /** Null means any; page is 1-based, limit 1 to 200. */
  record Filter(
      String patientId,
      String modality,
      AnalysisView.Status status,
      Priority priority,
      Instant from,
      Instant to,
      int page,
      int limit) {}

  /** A page of analyses without heat maps, newest first. */
  record Page(List<AnalysisView> analyses, int page, int limit, long total) {}
}
