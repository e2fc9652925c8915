package org.vigil.analysis.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;

/** What a model said about one label it looks for; negative ones are kept too. Never changes. */
@Entity
@Table(name = "analysis_finding")
public class AnalysisFinding {
  /** Positive before negative, then by severity, then by confidence. */
  static final Comparator<AnalysisFinding> WORST_FIRST =
      Comparator.comparing((AnalysisFinding f) -> !f.positive)
          .thenComparing(f -> f.severity)
          .thenComparing(f -> -f.confidence)
          .thenComparing(f -> f.findingType);

  @Id private UUID id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "analysis_id")
  private ImageAnalysis analysis;

  private int rank;

  @Column(name = "finding_type")
  private String findingType;

  @Column(name = "code_scheme")
  private String codeScheme;

  @Column(name = "code_value")
  private String codeValue;

  @Column(name = "code_meaning")
  private String codeMeaning;

  @Column(name = "tracking_uid")
  private String trackingUid;

  @Enumerated(EnumType.STRING)
  private Severity severity;

  @Column(name = "confidence_score")
  private double confidence;

  @Column(name = "operating_point")
  private double operatingPoint;

  private boolean positive;

  @Column(name = "box_x")
  private Double boxX;

  @Column(name = "box_y")
  private Double boxY;

  @Column(name = "box_width")
  private Double boxWidth;

  @Column(name = "box_height")
  private Double boxHeight;

  private String description;

  protected AnalysisFinding() {}

  AnalysisFinding(ImageAnalysis analysis, AnalysisJobs.Label label, Severity severity) {
    this.id = TrackingUid.findingId(analysis.id(), label.name());
    this.analysis = analysis;
    this.findingType = label.name();
    if (label.code() != null) {
      this.codeScheme = label.code().scheme();
      this.codeValue = label.code().value();
      this.codeMeaning = label.code().meaning();
    }
    this.trackingUid = TrackingUid.of(analysis.id(), label.name());
    this.severity = severity;
    this.confidence = label.probability();
    this.operatingPoint = label.operatingPoint();
    this.positive = label.positive();
    if (label.box() != null) {
      this.boxX = label.box().x();
      this.boxY = label.box().y();
      this.boxWidth = label.box().width();
      this.boxHeight = label.box().height();
    }
    this.description = describe(label);
  }

  private static String describe(AnalysisJobs.Label label) {
    return String.format(
        Locale.ROOT,
        label.positive()
            ? "AI suspects %s: confidence %.2f, operating point %.2f."
            : "AI does not report %s: confidence %.2f is below the operating point %.2f.",
        label.name(),
        label.probability(),
        label.operatingPoint());
  }

  void rank(int rank) {
    this.rank = rank;
  }

  public UUID id() {
    return id;
  }

  public String label() {
    return findingType;
  }

  public Severity severity() {
    return severity;
  }

  public double confidence() {
    return confidence;
  }

  public boolean positive() {
    return positive;
  }

  public String trackingUid() {
    return trackingUid;
  }

  AnalysisView.FindingView view(Feedback feedback) {
    return new AnalysisView.FindingView(
        id,
        findingType,
        codeValue == null ? null : Code.of(codeScheme, codeValue, codeMeaning),
        trackingUid,
        severity,
        confidence,
        operatingPoint,
        positive,
        boxX == null ? null : new ResultContent.Box(boxX, boxY, boxWidth, boxHeight),
        description,
        feedback == null ? null : feedback.verdict().name().toLowerCase(Locale.ROOT),
        feedback == null ? null : feedback.comments());
  }
}
