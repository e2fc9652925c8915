package org.vigil.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.PixelDecoder;

class DeidentifierTest {
  private static final Path IMAGES = Path.of("../../../shared/data/dicom");
  private static final PseudonymKey KEY = key(1);
  private static final PseudonymKey OTHER = key(2);

  private static PseudonymKey key(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return new PseudonymKey(secret);
  }

  private static Attributes patient() {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4.5");
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    a.setString(Tag.Modality, VR.CS, "CT");
    a.setString(Tag.PatientName, VR.PN, "Quillfeather^Ottoline");
    a.setString(Tag.PatientID, VR.LO, "MRN-778899");
    a.setString(Tag.PatientBirthDate, VR.DA, "19310704");
    a.setString(Tag.PatientSex, VR.CS, "F");
    a.setString(Tag.PatientAge, VR.AS, "095Y");
    a.setString(Tag.AccessionNumber, VR.SH, "ACC-4711");
    a.setString(Tag.StudyDate, VR.DA, "20261122");
    a.setString(Tag.StudyTime, VR.TM, "021700");
    a.setString(Tag.InstitutionName, VR.LO, "Saint Agnes of Quill");
    a.setString(Tag.StudyDescription, VR.LO, "CT Chest with contrast");
    a.setString(Tag.SeriesDescription, VR.LO, "Chest Quillfeather");
    a.setString(0x00091001, VR.LO, "Quillfeather private");
    a.setString(0x00090010, VR.LO, "SOMEBODY");
    Attributes request = new Attributes();
    request.setString(Tag.AccessionNumber, VR.SH, "ACC-4711");
    request.setString(Tag.RequestedProcedureDescription, VR.LO, "for Mrs Quillfeather");
    a.newSequence(Tag.ReferencedImageSequence, 1).add(reference("1.2.3.4.6"));
    a.newSequence(Tag.RequestAttributesSequence, 1).add(request);
    return a;
  }

  private static Attributes reference(String uid) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, uid);
    return item;
  }

  private static String bytes(Attributes dataset) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, dataset, UID.ExplicitVRLittleEndian);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void nothingThatIdentifiesIsLeft() throws Exception {
    Attributes a = patient();
    DeidentificationReport report = new Deidentifier(KEY, Set.of()).apply(a);

    assertThat(bytes(a))
        .doesNotContain("Quill", "Ottoline", "778899", "19310704", "4711", "20261122", "1.2.3.4.5");
    assertThat(a.getString(Tag.PatientIdentityRemoved)).isEqualTo("YES");
    assertThat(a.getString(Tag.LongitudinalTemporalInformationModified)).isEqualTo("REMOVED");
    assertThat(a.getSequence(Tag.DeidentificationMethodCodeSequence))
        .extracting(code -> code.getString(Tag.CodeValue))
        .containsExactly("113100");
    assertThat(a.getString(Tag.SOPClassUID)).isEqualTo(UID.CTImageStorage);
    assertThat(report.lines())
        .anySatisfy(
            line -> {
              assertThat(line.keyword()).isEqualTo("PatientName");
              assertThat(line.kind()).isEqualTo(SafeHarbor.NAMES);
            });
    assertThat(report.toString() + report.lines()).doesNotContain("Quill");
  }

  @Test
  void freeTextThatTheTableDoesNotNameAndUnknownElementsAreNotLeft() throws Exception {
    Attributes a = patient();
    a.setString(0x00420010, VR.ST, "Report on Ottoline");
    Attributes annotation = new Attributes();
    annotation.setString(0x00700006, VR.ST, "Ottoline has rhythm");
    a.newSequence(0x0040B020, 1).add(annotation);
    a.setString(0x60020022, VR.LO, "Ottoline's overlay");
    a.setString(0x60021500, VR.LO, "Ottoline");
    a.setInt(0x60020010, VR.US, 1);
    a.setString(0x00189998, VR.LO, "Ottoline, in an element of no edition");
    new Deidentifier(KEY, Set.of()).apply(a);

    assertThat(bytes(a)).doesNotContain("Ottoline");
    assertThat(a.contains(0x00420010)).isTrue();
    assertThat(a.contains(0x60020010)).isTrue();
  }

  @Test
  void cleanedContentKeepsItsCodesAndNoProse() throws Exception {
    Attributes a = patient();
    Attributes code = new Attributes();
    code.setString(Tag.CodeMeaning, VR.LO, "Finding");
    Attributes text = new Attributes();
    text.setString(Tag.ValueType, VR.CS, "TEXT");
    text.newSequence(Tag.ConceptNameCodeSequence, 1).add(code);
    text.setString(Tag.TextValue, VR.UT, "Ottoline has a nodule");
    a.newSequence(Tag.ContentSequence, 1).add(text);
    new Deidentifier(KEY, Set.of(DeidentificationOption.CLEAN_STRUCTURED_CONTENT)).apply(a);

    assertThat(bytes(a)).contains("Finding").doesNotContain("Ottoline");
    assertThat(a.getNestedDataset(Tag.ContentSequence).contains(Tag.TextValue)).isTrue();
  }

  @Test
  void everyValueOfADescriptorIsLookedAt() throws Exception {
    Attributes a = patient();
    a.setString(Tag.AdmittingDiagnosesDescription, VR.LO, "chest", "Ottoline");
    new Deidentifier(KEY, Set.of(DeidentificationOption.CLEAN_DESCRIPTORS)).apply(a);

    assertThat(bytes(a)).doesNotContain("Ottoline");
  }

  @Test
  void onePatientStaysOneUnderOneKeyAndUidsStillFit() throws Exception {
    Attributes first = patient();
    Attributes second = patient();
    second.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4.6");
    Deidentifier deidentifier = new Deidentifier(KEY, Set.of());
    deidentifier.apply(first);
    deidentifier.apply(second);
    Attributes foreign = patient();
    new Deidentifier(OTHER, Set.of()).apply(foreign);

    assertThat(first.getString(Tag.PatientID)).isEqualTo(second.getString(Tag.PatientID));
    assertThat(first.getString(Tag.StudyInstanceUID))
        .isEqualTo(second.getString(Tag.StudyInstanceUID))
        .isNotEqualTo("1.2.3");
    assertThat(
            first
                .getSequence(Tag.ReferencedImageSequence)
                .get(0)
                .getString(Tag.ReferencedSOPInstanceUID))
        .isEqualTo(second.getString(Tag.SOPInstanceUID));
    assertThat(foreign.getString(Tag.PatientID)).isNotEqualTo(first.getString(Tag.PatientID));
  }

  @Test
  void modifiedDatesKeepTheirDistances() throws Exception {
    Attributes first = patient();
    Attributes later = patient();
    later.setString(Tag.StudyDate, VR.DA, "20270101");
    Deidentifier deidentifier =
        new Deidentifier(KEY, Set.of(DeidentificationOption.RETAIN_MODIFIED_DATES));
    deidentifier.apply(first);
    deidentifier.apply(later);

    var day = java.time.format.DateTimeFormatter.BASIC_ISO_DATE;
    var a = java.time.LocalDate.parse(first.getString(Tag.StudyDate), day);
    var b = java.time.LocalDate.parse(later.getString(Tag.StudyDate), day);
    assertThat(a).isBefore(java.time.LocalDate.of(2026, 11, 22));
    assertThat(java.time.temporal.ChronoUnit.DAYS.between(a, b)).isEqualTo(40);
    assertThat(first.getString(Tag.StudyTime)).isEqualTo("021700");
    assertThat(first.getString(Tag.LongitudinalTemporalInformationModified)).isEqualTo("MODIFIED");
    assertThat(first.getString(Tag.PatientBirthDate)).isNull();
  }

  @Test
  void optionsKeepWhatTheyName() throws Exception {
    Attributes a = patient();
    new Deidentifier(
            KEY,
            Set.of(
                DeidentificationOption.RETAIN_PATIENT_CHARACTERISTICS,
                DeidentificationOption.RETAIN_INSTITUTION_IDENTITY,
                DeidentificationOption.CLEAN_DESCRIPTORS,
                DeidentificationOption.RETAIN_UIDS))
        .apply(a);

    assertThat(a.getString(Tag.PatientSex)).isEqualTo("F");
    assertThat(a.getString(Tag.PatientAge)).isEqualTo("090Y");
    assertThat(a.getString(Tag.InstitutionName)).isEqualTo("Saint Agnes of Quill");
    assertThat(a.getString(Tag.StudyDescription)).isEqualTo("CT Chest with contrast");
    assertThat(a.getString(Tag.SeriesDescription)).isNull();
    assertThat(a.getString(Tag.SOPInstanceUID)).isEqualTo("1.2.3.4.5");
    assertThat(a.getSequence(Tag.DeidentificationMethodCodeSequence))
        .extracting(code -> code.getString(Tag.CodeValue))
        .containsExactly("113100", "113105", "113108", "113110", "113112");
  }

  @Test
  void privateElementsStayOnlyWhereTheirMakerCallsThemSafe() throws Exception {
    Attributes a = patient();
    a.setString(0x00291001, VR.LO, "b1000");
    a.setString(0x00290010, VR.LO, "MAKER");
    Attributes safe = new Attributes();
    safe.setInt(Tag.PrivateGroupReference, VR.US, 0x0029);
    safe.setString(Tag.PrivateCreatorReference, VR.LO, "MAKER");
    safe.setString(Tag.BlockIdentifyingInformationStatus, VR.CS, "SAFE");
    a.newSequence(Tag.PrivateDataElementCharacteristicsSequence, 1).add(safe);
    new Deidentifier(KEY, Set.of(DeidentificationOption.RETAIN_SAFE_PRIVATE)).apply(a);

    assertThat(a.getString(0x00291001)).isEqualTo("b1000");
    assertThat(a.contains(0x00091001)).isFalse();
    assertThat(a.contains(0x00090010)).isFalse();
  }

  @Test
  void burnedInTextIsRefusedOrMasked() throws Exception {
    Attributes a = patient();
    a.setInt(Tag.Rows, VR.US, 8);
    a.setInt(Tag.Columns, VR.US, 8);
    a.setInt(Tag.SamplesPerPixel, VR.US, 1);
    a.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    a.setInt(Tag.BitsAllocated, VR.US, 8);
    a.setInt(Tag.BitsStored, VR.US, 8);
    a.setInt(Tag.HighBit, VR.US, 7);
    a.setInt(Tag.PixelRepresentation, VR.US, 0);
    byte[] pixels = new byte[64];
    Arrays.fill(pixels, (byte) 200);
    a.setBytes(Tag.PixelData, VR.OB, pixels);
    assertThat(BurnedInText.reasonToRefuse(a)).isNull();
    a.setString(Tag.Modality, VR.CS, "US");
    assertThat(BurnedInText.reasonToRefuse(a)).contains("confirm");
    a.setString(Tag.BurnedInAnnotation, VR.CS, "YES");
    assertThat(BurnedInText.reasonToRefuse(a)).contains("(0028,0301)");

    BurnedInText.mask(a, UID.ExplicitVRLittleEndian, List.of(new BurnedInText.Region(2, 0, 6, 3)));
    Frame frame = PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0);
    assertThat(frame.value(1, 0, 0)).isEqualTo(200);
    assertThat(frame.value(2, 0, 0)).isZero();
    assertThat(frame.value(7, 2, 0)).isZero();
    assertThat(frame.value(7, 3, 0)).isEqualTo(200);
    assertThat(BurnedInText.reasonToRefuse(a)).isNull();
    assertThatThrownBy(
            () ->
                BurnedInText.mask(
                    a, UID.ExplicitVRLittleEndian, List.of(new BurnedInText.Region(5, 0, 4, 1))))
        .isInstanceOf(DicomException.class);
  }

  static boolean imagesAreThere() {
    return Files.isDirectory(IMAGES);
  }

  @Test
  @EnabledIf("imagesAreThere")
  void noNameOrNumberOfTheOpenFilesIsLeft() throws Exception {
    int seen = 0;
    try (Stream<Path> files = Files.walk(IMAGES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        DicomObject object;
        try {
          object = DicomReader.of(file).read();
        } catch (java.io.IOException e) {
          continue;
        }
        Attributes a = object.dataset();
        String name = a.getString(Tag.PatientName, "");
        String id = a.getString(Tag.PatientID, "");
        String instance = a.getString(Tag.SOPInstanceUID, "");
        a.remove(Tag.PixelData);
        new Deidentifier(KEY, Set.of()).apply(a);
        String left = bytes(a);
        for (String secret : List.of(name.replaceAll("\\^.*", ""), id, instance)) {
          // A patient id of plain digits may be a series number as well.
          if (secret.length() > 5 && !secret.matches("\\d+")) {
            assertThat(left).as(file.toString()).doesNotContain(secret);
          }
        }
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(150);
  }
}
