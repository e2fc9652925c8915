package org.vigil.dicom.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.validate.ValidationFinding.Severity;

class DatasetValidatorTest {

  private static Attributes capture() {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    a.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.5");
    a.setString(Tag.Modality, VR.CS, "OT");
    a.setString(Tag.ConversionType, VR.CS, "SYN");
    for (int empty :
        new int[] {
          Tag.PatientName,
          Tag.PatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.ReferringPhysicianName,
          Tag.StudyID,
          Tag.AccessionNumber,
          Tag.SeriesNumber,
          Tag.InstanceNumber
        }) {
      a.setNull(empty, org.vigil.dicom.data.ElementDictionary.vrOf(empty));
    }
    a.setInt(Tag.Rows, VR.US, 2);
    a.setInt(Tag.Columns, VR.US, 2);
    a.setInt(Tag.SamplesPerPixel, VR.US, 1);
    a.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    a.setInt(Tag.BitsAllocated, VR.US, 8);
    a.setInt(Tag.BitsStored, VR.US, 8);
    a.setInt(Tag.HighBit, VR.US, 7);
    a.setInt(Tag.PixelRepresentation, VR.US, 0);
    a.setBytes(Tag.PixelData, VR.OB, new byte[4]);
    return a;
  }

  private static List<ValidationFinding> findings(Attributes dataset) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DicomWriter.write(
        file, DicomWriter.fileMetaInformation(dataset, UID.ExplicitVRLittleEndian), dataset);
    return DatasetValidator.validate(
        DicomReader.of(new ByteArrayInputStream(file.toByteArray())).read());
  }

  @Test
  void aCompleteObjectHasNoFindings() throws Exception {
    assertThat(findings(capture())).isEmpty();
  }

  @Test
  void whatAModuleAsksForIsNamedWithTheModule() throws Exception {
    Attributes a = capture();
    a.remove(Tag.ConversionType);
    a.remove(Tag.PatientID);
    assertThat(findings(a))
        .extracting(ValidationFinding::keyword, ValidationFinding::module)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("PatientID", "Patient"),
            org.assertj.core.groups.Tuple.tuple("ConversionType", "SC Equipment"));
  }

  @ParameterizedTest
  @CsvSource({
    "StudyDate, 20261322",
    "StudyTime, 2517",
    "PatientAge, 12",
    "Modality, xq",
    "StudyID," + " 12345678901234567",
    "SeriesNumber, 1.5",
    "SOPInstanceUID, 1..2",
    "PatientWeight, heavy",
    "PatientName, a^b^c^d^e^f"
  })
  void aValueAgainstItsRepresentationIsNamedAndNotShown(String keyword, String value)
      throws Exception {
    Attributes a = capture();
    int tag = org.vigil.dicom.data.ElementDictionary.tagOf(keyword);
    // As bytes: what is written from strings is checked already.
    byte[] bytes = value.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    a.setBytes(tag, org.vigil.dicom.data.ElementDictionary.vrOf(tag), bytes);
    assertThat(findings(a))
        .anySatisfy(
            f -> {
              assertThat(f.severity()).isEqualTo(Severity.ERROR);
              assertThat(f.keyword()).isEqualTo(keyword);
              assertThat(f.toString()).doesNotContain(value);
            });
  }

  @Test
  void missingPixelsAndWrongMultiplicityAreFound() throws Exception {
    Attributes a = capture();
    a.setInt(Tag.Rows, VR.US, 200);
    a.setInt(Tag.Columns, VR.US, 2, 3);
    assertThat(findings(a)).extracting(ValidationFinding::keyword).contains("PixelData", "Columns");
  }

  @Test
  void aSequencesItemIsNamedByItsPath() throws Exception {
    Attributes a = capture();
    Attributes item = new Attributes();
    item.setBytes(
        Tag.StudyDate, VR.DA, "yesterday ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    a.newSequence(Tag.RequestAttributesSequence, 1).add(item);
    assertThat(findings(a))
        .anySatisfy(f -> assertThat(f.path()).isEqualTo("(0040,0275)[1] > (0008,0020)"));
  }

  @Test
  void conditionsOfImagesAreChecked() throws Exception {
    Attributes a = capture();
    a.setString(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
    a.setDouble(Tag.WindowCenter, VR.DS, 40);
    a.setDouble(Tag.RescaleSlope, VR.DS, 0);
    a.setInt(Tag.HighBit, VR.US, 6);
    a.setInt(Tag.BitsStored, VR.US, 7);
    a.setString(Tag.LossyImageCompression, VR.CS, "01");
    assertThat(findings(a))
        .extracting(ValidationFinding::keyword)
        .contains(
            "RedPaletteColorLookupTableDescriptor",
            "RedPaletteColorLookupTableData",
            "WindowWidth",
            "RescaleIntercept",
            "RescaleSlope",
            "LossyImageCompressionRatio")
        .doesNotContain("HighBit");

    a.setInt(Tag.HighBit, VR.US, 7);
    a.setInt(Tag.SamplesPerPixel, VR.US, 3);
    assertThat(findings(a))
        .extracting(ValidationFinding::keyword)
        .contains("HighBit", "SamplesPerPixel");
  }

  @Test
  void codesAndEnumeratedValuesAreChecked() throws Exception {
    Attributes a = capture();
    a.setString(Tag.PatientSex, VR.CS, "X");
    Attributes code = new Attributes();
    code.setString(Tag.CodeValue, VR.SH, "T-D3000");
    a.newSequence(Tag.ProcedureCodeSequence, 1).add(code);
    assertThat(findings(a))
        .extracting(ValidationFinding::keyword, ValidationFinding::module)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("PatientSex", "Value"),
            org.assertj.core.groups.Tuple.tuple("CodingSchemeDesignator", "Code Sequence"),
            org.assertj.core.groups.Tuple.tuple("CodeMeaning", "Code Sequence"));
  }

  @Test
  void controlCharactersAreFound() throws Exception {
    Attributes a = capture();
    a.setBytes(Tag.StudyID, VR.SH, new byte[] {'A', 0x13});
    assertThat(findings(a)).extracting(ValidationFinding::keyword).containsExactly("StudyID");
  }
}
