package org.vigil.imaging.result;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.ResultContent.Box;
import org.vigil.imaging.api.ResultContent.Finding;
import org.vigil.imaging.api.ResultContent.HeatMap;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** A chest film and what a model says about it. */
final class ResultFixture {
  private ResultFixture() {}

  static SourceImage image() {
    Attributes header = new Attributes();
    header.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    header.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.1.1");
    header.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1003");
    header.setString(Tag.StudyInstanceUID, VR.UI, "2.25.1001");
    header.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.1002");
    header.setString(Tag.PatientName, VR.PN, "Müller^Jörg");
    header.setString(Tag.PatientID, VR.LO, "P-17");
    header.setString(Tag.PatientBirthDate, VR.DA, "19610203");
    header.setString(Tag.PatientSex, VR.CS, "M");
    header.setString(Tag.StudyDate, VR.DA, "20261122");
    header.setString(Tag.StudyTime, VR.TM, "021733");
    header.setString(Tag.AccessionNumber, VR.SH, "ACC-31");
    header.setString(Tag.Modality, VR.CS, "DX");
    header.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    header.setString(Tag.PatientOrientation, VR.CS, "L", "F");
    return new SourceImage(header, ZoneId.of("Europe/Vienna"));
  }

  static ResultContent content() {
    byte[] heat = new byte[32 * 32];
    for (int y = 4; y < 12; y++) {
      for (int x = 18; x < 28; x++) {
        heat[y * 32 + x] = (byte) 230;
      }
    }
    return new ResultContent(
        UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"),
        StudyInstanceUid.of("2.25.1001"),
        SopInstanceUid.of("2.25.1003"),
        1,
        "vigil-phantom-cxr",
        "Vigil phantom chest",
        "1.0.0",
        "2.25.4711",
        true,
        Instant.parse("2026-11-22T01:18:02Z"),
        List.of(
            new Finding(
                UUID.fromString("0f8fad5b-0000-469f-a165-000000000001"),
                "2.25.50001",
                Code.of(Code.SCT, "36118008", "Pneumothorax"),
                "Pneumothorax",
                true,
                0.9731,
                0.42,
                Severity.CRITICAL,
                new Box(580, 140, 300, 220)),
            new Finding(
                UUID.fromString("0f8fad5b-0000-469f-a165-000000000002"),
                "2.25.50002",
                Code.of(Code.SCT, "95436008", "Lung consolidation"),
                "Consolidation",
                true,
                0.61,
                0.5,
                Severity.URGENT,
                null),
            new Finding(
                UUID.fromString("0f8fad5b-0000-469f-a165-000000000003"),
                "2.25.50003",
                Code.of(Code.SCT, "60046008", "Pleural effusion"),
                "Effusion",
                false,
                0.0312,
                0.5,
                Severity.URGENT,
                null)),
        new HeatMap(32, 32, heat));
  }
}
