package org.vigil.integration.dicom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.ResultObjects;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.application.ResultPeer;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;

/** SR and heat-map capture to the PACS. Their UIDs derive from the analysis. */
@ApplicationScoped
public class DicomResultPeer implements ResultPeer {
  @Inject private ResultObjects objects;

  /** For the container's proxy. */
  protected DicomResultPeer() {}

  DicomResultPeer(ResultObjects objects) {
    this.objects = objects;
  }

  @Override
  public boolean carries(Kind kind) {
    return kind == Kind.DICOM_SR || kind == Kind.DICOM_SC;
  }

  @Override
  public Outcome send(Parcel parcel) {
    SopInstanceUid object;
    try {
      ResultContent content = content(parcel.analysis());
      object =
          parcel.kind() == Kind.DICOM_SR
              ? objects.storeReport(content)
              : objects.storeHeatMapCapture(content);
    } catch (VigilException e) {
      return isForEver(e.code()) ? Outcome.refused(e.code().id()) : Outcome.notTaken(e.code().id());
    }
    try {
      objects.send(object, parcel.destination());
      return Outcome.delivered();
    } catch (VigilException e) {
      return e.code() == ErrorCode.IMAGING_0011
          ? Outcome.unreachable(e.getMessage())
          : Outcome.notTaken(e.code().id());
    }
  }

  /** What the result objects say of an analysis. */
  static ResultContent content(AnalysisView analysis) {
    List<ResultContent.Finding> findings =
        analysis.findings().stream()
            .map(
                finding ->
                    new ResultContent.Finding(
                        finding.id(),
                        finding.trackingUid(),
                        finding.code(),
                        finding.code().meaning(),
                        finding.positive(),
                        finding.confidence(),
                        finding.operatingPoint(),
                        finding.severity(),
                        finding.box()))
            .toList();
    return new ResultContent(
        analysis.id(),
        analysis.study(),
        analysis.image(),
        analysis.frameNumber(),
        analysis.modelId(),
        analysis.modelName(),
        analysis.modelVersion(),
        analysis.modelUid(),
        analysis.notForClinicalUse(),
        analysis.completedAt(),
        findings,
        analysis.heatMap());
  }

  private static boolean isForEver(ErrorCode code) {
    return switch (code) {
      case IMAGING_0001, IMAGING_0005, IMAGING_0008, IMAGING_0009, IMAGING_0010 -> true;
      default -> false;
    };
  }
}
