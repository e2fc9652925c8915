package org.vigil.imaging.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;

class MeasurementReportTest {
  private final Attributes report =
      new MeasurementReport(ResultFixture.content(), ResultFixture.image()).toObject();

  @Test
  void itIsAnUnverifiedComprehensive3DReportOfTheSamePatientAndStudy() {
    assertThat(report.getString(Tag.SOPClassUID)).isEqualTo(UID.Comprehensive3DSRStorage);
    assertThat(report.getString(Tag.PatientName)).isEqualTo("Müller^Jörg");
    assertThat(report.getString(Tag.StudyInstanceUID)).isEqualTo("2.25.1001");
    assertThat(report.getString(Tag.AccessionNumber)).isEqualTo("ACC-31");
    assertThat(report.getString(Tag.CompletionFlag)).isEqualTo("COMPLETE");
    assertThat(report.getString(Tag.VerificationFlag)).isEqualTo("UNVERIFIED");
    assertThat(report.getString(Tag.SeriesDescription)).contains("not for clinical use");
    assertThat(report.getString(Tag.ContentTime)).as("in the hospital's zone").isEqualTo("021802");
    assertThat(
            report.getNestedDataset(Tag.ContentTemplateSequence).getString(Tag.TemplateIdentifier))
        .isEqualTo("1500");
  }

  @Test
  void theModelIsTheObserverAndContributingEquipment() {
    Attributes equipment = report.getNestedDataset(Tag.ContributingEquipmentSequence);
    assertThat(equipment.getString(Tag.ManufacturerModelName)).isEqualTo("Vigil phantom chest");
    assertThat(equipment.getString(Tag.SoftwareVersions)).isEqualTo("1.0.0");
    assertThat(equipment.getString(Tag.DeviceUID)).isEqualTo("2.25.4711");
    assertThat(only(children(report, "121012")).getString(Tag.UID)).isEqualTo("2.25.4711");
    assertThat(only(children(report, "121014")).getString(Tag.TextValue)).isEqualTo("Vigil");
  }

  @Test
  void aPositiveFindingWithABoxIsAPlanarRegion() {
    Attributes group = groups().get(0);
    assertThat(template(group)).isEqualTo("1410");
    assertThat(only(children(group, "112039")).getString(Tag.TextValue)).isEqualTo("Pneumothorax");
    assertThat(only(children(group, "112040")).getString(Tag.UID)).isEqualTo("2.25.50001");
    assertThat(value(only(children(group, "121071")))).isEqualTo("36118008");
    Attributes region = only(children(group, "111030"));
    assertThat(region.getString(Tag.GraphicType)).isEqualTo("POLYLINE");
    assertThat(region.getDoubles(Tag.GraphicData))
        .containsExactly(580, 140, 880, 140, 880, 360, 580, 360, 580, 140);
    Attributes image = region.getNestedDataset(Tag.ContentSequence);
    assertThat(image.getString(Tag.RelationshipType)).isEqualTo("SELECTED FROM");
    assertThat(
            image
                .getNestedDataset(Tag.ReferencedSOPSequence)
                .getString(Tag.ReferencedSOPInstanceUID))
        .isEqualTo("2.25.1003");
    Attributes certainty =
        only(children(group, "111012")).getNestedDataset(Tag.MeasuredValueSequence);
    assertThat(certainty.getString(Tag.NumericValue)).isEqualTo("97.31");
    assertThat(
            certainty.getNestedDataset(Tag.MeasurementUnitsCodeSequence).getString(Tag.CodeValue))
        .isEqualTo("%");
    assertThat(value(only(children(group, "705057003")))).isEqualTo("52101004");
    assertThat(value(only(children(group, "260870009")))).isEqualTo("RID49480");
  }

  @Test
  void aLabelNotFoundIsOnRecordAsAbsentWithItsProbability() {
    Attributes group = groups().get(2);
    assertThat(template(group)).isEqualTo("1501");
    assertThat(value(only(children(group, "705057003")))).isEqualTo("2667000");
    assertThat(
            only(children(group, "111012"))
                .getNestedDataset(Tag.MeasuredValueSequence)
                .getString(Tag.NumericValue))
        .isEqualTo("3.12");
    assertThat(children(group, "111030")).isEmpty();
    assertThat(children(group, "260870009")).as("nothing to act upon").isEmpty();
  }

  @Test
  void everyImageReferredToIsEvidence() {
    Attributes study = report.getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence);
    assertThat(study.getString(Tag.StudyInstanceUID)).isEqualTo("2.25.1001");
    Attributes series = study.getNestedDataset(Tag.ReferencedSeriesSequence);
    assertThat(series.getString(Tag.SeriesInstanceUID)).isEqualTo("2.25.1002");
    assertThat(
            series
                .getNestedDataset(Tag.ReferencedSOPSequence)
                .getString(Tag.ReferencedSOPInstanceUID))
        .isEqualTo("2.25.1003");
  }

  @Test
  void makingItAgainGivesTheSameBytes() throws IOException {
    Attributes again =
        new MeasurementReport(ResultFixture.content(), ResultFixture.image()).toObject();

    assertThat(bytes(again)).isEqualTo(bytes(report));
    assertThat(report.getString(Tag.SOPInstanceUID)).startsWith("2.25.");
    assertThat(report.getString(Tag.SOPInstanceUID))
        .isNotEqualTo(ResultSeries.sopInstanceUid(ResultFixture.content(), ResultSeries.HEAT_MAP));
  }

  private List<Attributes> groups() {
    return children(only(children(report, "126010")), "125007");
  }

  private static String template(Attributes container) {
    return container
        .getNestedDataset(Tag.ContentTemplateSequence)
        .getString(Tag.TemplateIdentifier);
  }

  private static String value(Attributes codeItem) {
    return codeItem.getNestedDataset(Tag.ConceptCodeSequence).getString(Tag.CodeValue);
  }

  private static Attributes only(List<Attributes> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private static List<Attributes> children(Attributes parent, String conceptCode) {
    List<Attributes> found = new ArrayList<>();
    for (Attributes child : parent.getSequence(Tag.ContentSequence)) {
      Attributes concept = child.getNestedDataset(Tag.ConceptNameCodeSequence);
      if (concept != null && conceptCode.equals(concept.getString(Tag.CodeValue))) {
        found.add(child);
      }
    }
    return found;
  }

  private static byte[] bytes(Attributes object) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, object, UID.ExplicitVRLittleEndian);
    return out.toByteArray();
  }
}
