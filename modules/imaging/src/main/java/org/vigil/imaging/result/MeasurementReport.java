package org.vigil.imaging.result;

import static org.vigil.imaging.result.ContentItem.CONTAINS;
import static org.vigil.imaging.result.ContentItem.HAS_ACQ_CONTEXT;
import static org.vigil.imaging.result.ContentItem.HAS_CONCEPT_MOD;
import static org.vigil.imaging.result.ContentItem.HAS_OBS_CONTEXT;
import static org.vigil.imaging.result.ContentItem.SELECTED_FROM;

import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.ResultContent.Finding;

/**
 * Measurement Report (PS3.16 TID 1500) as a Comprehensive 3D SR (PS3.3 §A.35.13): what one model
 * version says about one image. A positive finding with a box is a planar ROI group (TID 1410), any
 * other label a group of qualitative evaluations (TID 1501), so that a label the model looked for
 * and did not find is on record too.
 */
final class MeasurementReport {
  /** (0040,A372), type 2 in the SR Document General module. */
  private static final int PERFORMED_PROCEDURE_CODE_SEQUENCE = 0x0040A372;

  private final ResultContent content;
  private final SourceImage image;

  MeasurementReport(ResultContent content, SourceImage image) {
    this.content = content;
    this.image = image;
  }

  /** The complete object. */
  Attributes toObject() {
    Attributes object = image.newObject();
    ResultSeries series = new ResultSeries(content, image);
    series.describe(object, "SR", ResultSeries.REPORT);
    object.setString(Tag.SOPClassUID, VR.UI, UID.Comprehensive3DSRStorage);
    object.newSequence(Tag.ReferencedPerformedProcedureStepSequence, 0);
    object.newSequence(PERFORMED_PROCEDURE_CODE_SEQUENCE, 0);
    object.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
    object.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
    addEvidence(object);
    addContent(object);
    return object;
  }

  /** Every image the content refers to (PS3.3 §C.17.2, table C.17-3). */
  private void addEvidence(Attributes object) {
    Attributes study = new Attributes(2);
    object.newSequence(Tag.CurrentRequestedProcedureEvidenceSequence, 1).add(study);
    study.setString(Tag.StudyInstanceUID, VR.UI, image.studyInstanceUid());
    Attributes series = new Attributes(2);
    study.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
    series.setString(Tag.SeriesInstanceUID, VR.UI, image.seriesInstanceUid());
    series.newSequence(Tag.ReferencedSOPSequence, 1).add(image.reference());
  }

  private void addContent(Attributes object) {
    ContentItem report = ContentItem.root(object, Concepts.IMAGING_MEASUREMENT_REPORT, "1500");
    report.code(HAS_CONCEPT_MOD, Concepts.LANGUAGE, Concepts.ENGLISH);
    addObserver(report);
    report.code(
        HAS_CONCEPT_MOD,
        Concepts.PROCEDURE_REPORTED,
        image.isRadiograph() && image.isChest()
            ? Concepts.CHEST_RADIOGRAPHY
            : Concepts.IMAGING_PROCEDURE);
    addImageLibrary(report);
    ContentItem measurements = report.container(CONTAINS, Concepts.IMAGING_MEASUREMENTS, null);
    for (Finding finding : content.findings()) {
      addGroup(measurements, finding);
    }
    ContentItem evaluations = report.container(CONTAINS, Concepts.QUALITATIVE_EVALUATIONS, null);
    evaluations.text(CONTAINS, Concepts.COMMENT, ResultSeries.disclaimer(content));
  }

  /** The model version as a device observer (TID 1002, 1004). */
  private void addObserver(ContentItem report) {
    report.code(HAS_OBS_CONTEXT, Concepts.OBSERVER_TYPE, Concepts.DEVICE);
    report.uid(HAS_OBS_CONTEXT, Concepts.DEVICE_UID, content.modelUid());
    report.text(HAS_OBS_CONTEXT, Concepts.DEVICE_NAME, content.modelId());
    report.text(HAS_OBS_CONTEXT, Concepts.DEVICE_MANUFACTURER, ResultSeries.MANUFACTURER);
    report.text(HAS_OBS_CONTEXT, Concepts.DEVICE_MODEL, content.modelName());
    report.text(HAS_OBS_CONTEXT, Concepts.DEVICE_SERIAL, content.modelVersion());
  }

  /** The image and how it was acquired (TID 1600, 1601, 1602). */
  private void addImageLibrary(ContentItem report) {
    ContentItem group =
        report
            .container(CONTAINS, Concepts.IMAGE_LIBRARY, "1600")
            .container(CONTAINS, Concepts.IMAGE_LIBRARY_GROUP, null);
    ContentItem entry = group.image(CONTAINS, null, image, content.frameNumber());
    entry.code(HAS_ACQ_CONTEXT, Concepts.MODALITY, Concepts.modality(image.modality()));
    entry.code(
        HAS_ACQ_CONTEXT,
        Concepts.TARGET_REGION,
        image.isChest() ? Concepts.CHEST : Concepts.BODY_REGION_UNKNOWN);
    if (image.studyDate() != null) {
      entry.date(HAS_ACQ_CONTEXT, Concepts.STUDY_DATE, ResultSeries.da(image.studyDate()));
    }
    if (image.studyTime() != null) {
      entry.time(HAS_ACQ_CONTEXT, Concepts.STUDY_TIME, ResultSeries.tm(image.studyTime()));
    }
  }

  private void addGroup(ContentItem measurements, Finding finding) {
    boolean localised = finding.positive() && finding.box() != null;
    ContentItem group =
        measurements.container(CONTAINS, Concepts.MEASUREMENT_GROUP, localised ? "1410" : "1501");
    group.text(HAS_OBS_CONTEXT, Concepts.TRACKING_IDENTIFIER, finding.label());
    group.uid(HAS_OBS_CONTEXT, Concepts.TRACKING_UID, finding.trackingUid());
    group.code(CONTAINS, Concepts.FINDING, finding.code());
    group.text(HAS_CONCEPT_MOD, Concepts.ALGORITHM_NAME, content.modelId());
    group.text(HAS_CONCEPT_MOD, Concepts.ALGORITHM_VERSION, content.modelVersion());
    group.text(
        HAS_CONCEPT_MOD,
        Concepts.ALGORITHM_PARAMETERS,
        String.format(Locale.ROOT, "operating point %.4f", finding.operatingPoint()));
    if (localised) {
      group
          .rectangle(CONTAINS, Concepts.IMAGE_REGION, finding.box())
          .image(SELECTED_FROM, null, image, content.frameNumber());
    } else {
      group.image(CONTAINS, Concepts.SOURCE_OF_MEASUREMENT, image, content.frameNumber());
    }
    group.number(
        CONTAINS, Concepts.CERTAINTY_OF_FINDING, finding.confidence() * 100, Concepts.PERCENT);
    group.code(
        CONTAINS, Concepts.PRESENCE, finding.positive() ? Concepts.PRESENT : Concepts.ABSENT);
    if (finding.positive()) {
      group.code(CONTAINS, Concepts.PRIORITY, Concepts.actionable(finding.severity()));
    }
  }
}
