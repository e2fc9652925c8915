package org.vigil.imaging.result;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.ResultContent;

/**
 * What all result objects of an analysis have in common: series, equipment, identity and times.
 * UIDs are named after the analysis and the kind of object.
 */
final class ResultSeries {
  static final String MANUFACTURER = "Vigil";
  static final String REPORT = "report";
  static final String HEAT_MAP = "heat-map";

  private static final DateTimeFormatter DA = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TM = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter DT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  /** High numbers: these series come after those of the modality. */
  private static final int REPORT_SERIES_NUMBER = 9001;

  private static final int HEAT_MAP_SERIES_NUMBER = 9002;

  private final ResultContent content;
  private final SourceImage image;

  ResultSeries(ResultContent content, SourceImage image) {
    this.content = content;
    this.image = image;
  }

  /** The object of this kind that an analysis has. */
  static String sopInstanceUid(ResultContent content, String kind) {
    return Uids.named("vigil", "result", content.analysisId().toString(), kind);
  }

  static String disclaimer(ResultContent content) {
    String text = "AI assistance is not diagnostic.";
    return content.notForClinicalUse() ? text + " Not for clinical use." : text;
  }

  static String da(LocalDate date) {
    return DA.format(date);
  }

  static String tm(LocalTime time) {
    return TM.format(time);
  }

  /** Adds general series, enhanced general equipment and SOP common. */
  void describe(Attributes object, String modality, String kind) {
    ZonedDateTime made = content.completedAt().atZone(image.zone());
    object.setString(Tag.Modality, VR.CS, modality);
    object.setString(
        Tag.SeriesInstanceUID,
        VR.UI,
        Uids.named("vigil", "series", content.analysisId().toString(), kind));
    object.setInt(
        Tag.SeriesNumber,
        VR.IS,
        kind.equals(REPORT) ? REPORT_SERIES_NUMBER : HEAT_MAP_SERIES_NUMBER);
    object.setString(
        Tag.SeriesDescription,
        VR.LO,
        content.notForClinicalUse() ? "Vigil AI (not for clinical use)" : "Vigil AI");
    object.setString(Tag.SeriesDate, VR.DA, DA.format(made));
    object.setString(Tag.SeriesTime, VR.TM, TM.format(made));

    object.setString(Tag.Manufacturer, VR.LO, MANUFACTURER);
    object.setString(Tag.ManufacturerModelName, VR.LO, "Vigil");
    object.setString(Tag.DeviceSerialNumber, VR.LO, content.modelUid());
    object.setString(Tag.SoftwareVersions, VR.LO, Uids.IMPLEMENTATION_VERSION_NAME);

    object.setString(Tag.SOPInstanceUID, VR.UI, sopInstanceUid(content, kind));
    object.setInt(Tag.InstanceNumber, VR.IS, 1);
    object.setString(Tag.InstanceCreationDate, VR.DA, DA.format(made));
    object.setString(Tag.InstanceCreationTime, VR.TM, TM.format(made));
    object.setString(Tag.ContentDate, VR.DA, DA.format(made));
    object.setString(Tag.ContentTime, VR.TM, TM.format(made));
    addContributingEquipment(object, made);
  }

  /** The model version that contributed (PS3.3 §C.12.1.5). */
  private void addContributingEquipment(Attributes object, ZonedDateTime made) {
    Attributes model = new Attributes(8);
    object.newSequence(Tag.ContributingEquipmentSequence, 1).add(model);
    model
        .newSequence(Tag.PurposeOfReferenceCodeSequence, 1)
        .add(ContentItem.coded(Concepts.PROCESSING_EQUIPMENT));
    model.setString(Tag.Manufacturer, VR.LO, MANUFACTURER);
    model.setString(Tag.ManufacturerModelName, VR.LO, content.modelName());
    model.setString(Tag.SoftwareVersions, VR.LO, content.modelVersion());
    model.setString(Tag.DeviceUID, VR.UI, content.modelUid());
    model.setString(Tag.ContributionDateTime, VR.DT, DT.format(made));
    model.setString(
        Tag.ContributionDescription, VR.ST, "Model " + content.modelId() + " analysed the image");
  }
}
