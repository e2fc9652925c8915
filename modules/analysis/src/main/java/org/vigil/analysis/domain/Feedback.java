package org.vigil.analysis.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.vigil.analysis.api.Analyses;

/** Whether one reader agrees with one finding; he may change his mind. */
@Entity
@Table(name = "feedback")
public class Feedback {
  @Id private UUID id;

  @Column(name = "analysis_id")
  private UUID analysisId;

  @Column(name = "finding_id")
  private UUID findingId;

  @Enumerated(EnumType.STRING)
  private Analyses.Feedback verdict;

  private String comments;

  @Column(name = "given_by")
  private String givenBy;

  @Column(name = "given_at")
  private Instant givenAt;

  protected Feedback() {}

  public Feedback(UUID analysisId, UUID findingId, String givenBy) {
    this.id = UUID.randomUUID();
    this.analysisId = analysisId;
    this.findingId = findingId;
    this.givenBy = givenBy;
  }

  /** What he says now. */
  public void say(Analyses.Feedback saidVerdict, String saidComments, Instant now) {
    this.verdict = saidVerdict;
    this.comments = saidComments;
    this.givenAt = now;
  }

  public UUID findingId() {
    return findingId;
  }

  public Analyses.Feedback verdict() {
    return verdict;
  }

  public String comments() {
    return comments;
  }
}
