package org.vigil.dicom.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttributesTest {

  @Test
  void keepsElementsInAscendingUnsignedTagOrder() {
    Attributes a = new Attributes();
    a.setString(0xFFFC0010, VR.LO, "last");
    a.setString(Tag.PatientID, "1");
    a.setString(Tag.SOPInstanceUID, "1.2");
    assertThat(a.tags()).containsExactly(Tag.SOPInstanceUID, Tag.PatientID, 0xFFFC0010);
    assertThat(a.remove(Tag.PatientID)).isTrue();
    assertThat(a.contains(Tag.PatientID)).isFalse();
  }

  @Test
  void readsNumbersOfEveryRepresentation() {
    Attributes a = new Attributes();
    a.setInt(Tag.Rows, 65535);
    a.setInt(Tag.SmallestImagePixelValue, VR.SS, -7);
    a.setDouble(Tag.PixelSpacing, 0.148, 0.2);
    a.setString(Tag.InstanceNumber, " 12 ");
    a.setDouble(Tag.FloatingPointValue, 1.5);
    a.setLong(Tag.ExtendedOffsetTable, VR.OV, 1L << 40);
    a.setInt(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    assertThat(a.getInt(Tag.Rows, 0)).isEqualTo(65535);
    assertThat(a.getInt(Tag.SmallestImagePixelValue, 0)).isEqualTo(-7);
    assertThat(a.getDoubles(Tag.PixelSpacing)).containsExactly(0.148, 0.2);
    assertThat(a.getInt(Tag.InstanceNumber, -1)).isEqualTo(12);
    assertThat(a.getDouble(Tag.FloatingPointValue, 0)).isEqualTo(1.5);
    assertThat(a.getLongs(Tag.ExtendedOffsetTable)).containsExactly(1L << 40);
    assertThat(a.getString(Tag.FrameIncrementPointer)).isEqualTo("00181063");
    assertThat(a.getInt(Tag.Columns, 42)).isEqualTo(42);
    a.setString(Tag.SeriesNumber, "none");
    assertThat(a.getInt(Tag.SeriesNumber, 3)).isEqualTo(3);
  }

  @Test
  void decimalStringsHaveAtMostSixteenCharacters() {
    double[] numbers = {1.0 / 3, -1.0 / 3e-7, 1e-300, Math.PI * 1e12, -123456789.123456789, 0.1};
    for (double number : numbers) {
      Attributes a = new Attributes();
      a.setDouble(Tag.RescaleSlope, number);
      String text = a.getString(Tag.RescaleSlope);
      assertThat(text.length()).as(text).isLessThanOrEqualTo(16);
      assertThat(Double.parseDouble(text))
          .isCloseTo(number, org.assertj.core.data.Percentage.withPercentage(1e-6));
    }
    assertThatThrownBy(() -> new Attributes().setDouble(Tag.RescaleSlope, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itemsInheritTheCharacterSetAndChangingItKeepsTheText() throws Exception {
    Attributes a = new Attributes();
    a.setString(Tag.SpecificCharacterSet, "ISO_IR 100");
    a.setBytes(Tag.PatientName, VR.PN, new byte[] {'M', (byte) 0xFC, 'l', 'l', 'e', 'r'});
    Attributes item = new Attributes();
    a.newSequence(Tag.RequestAttributesSequence, 1).add(item);
    item.setBytes(Tag.ScheduledProcedureStepDescription, VR.LO, new byte[] {(byte) 0xE9});
    assertThat(a.getString(Tag.PatientName)).isEqualTo("Müller");
    assertThat(item.getString(Tag.ScheduledProcedureStepDescription)).isEqualTo("é");
    a.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    assertThat(a.getString(Tag.PatientName)).isEqualTo("Müller");
    assertThat(item.getString(Tag.ScheduledProcedureStepDescription)).isEqualTo("é");
    assertThat(a.getBytes(Tag.PatientName)).hasSize(7);
  }

  /** Asking for the character set once asked for the character set. */
  @ParameterizedTest
  @EnumSource(names = {"CS", "LO", "UN", "PN", "UT"})
  void aCharacterSetOfAnotherVrIsStillOne(VR vr) {
    Attributes dataset = new Attributes();
    dataset.setBytes(Tag.SpecificCharacterSet, vr, "ISO_IR 100".getBytes(US_ASCII));
    dataset.setBytes(Tag.PatientName, VR.PN, "M\u00fcller^Jos\u00e9".getBytes(ISO_8859_1));

    assertThat(dataset.getString(Tag.PatientName)).isEqualTo("M\u00fcller^Jos\u00e9");
  }

  @Test
  void copiesBetweenCharacterSetsKeepTheText() {
    Attributes latin = new Attributes();
    latin.setString(Tag.SpecificCharacterSet, "ISO_IR 100");
    latin.setBytes(Tag.PatientName, VR.PN, new byte[] {(byte) 0xC4});
    Attributes utf8 = new Attributes();
    utf8.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    utf8.addSelected(latin, Tag.PatientName);
    assertThat(utf8.getString(Tag.PatientName)).isEqualTo("Ä");
    assertThat(utf8.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
    assertThat(new Attributes(latin)).isEqualTo(latin);
  }

  @Test
  void refusesTextThatTheCharacterSetCannotCarry() {
    Attributes a = new Attributes();
    a.setString(Tag.PatientName, "山田");
    assertThatThrownBy(() -> a.getBytes(Tag.PatientName))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0007")
        .hasMessageContaining("PatientName")
        .hasMessageNotContaining("山");
  }

  @Test
  void reservesAndFindsPrivateBlocks() {
    Attributes a = new Attributes();
    a.setString(0x00090010, VR.LO, "OTHER");
    int tag = a.reservePrivateTag("VIGIL", 0x00090001);
    assertThat(tag).isEqualTo(0x00091101);
    a.setString(tag, VR.LO, "x");
    assertThat(a.privateTag("VIGIL", 0x00090001)).isEqualTo(tag);
    assertThat(a.privateTag("NOBODY", 0x00090001)).isEqualTo(-1);
    assertThat(a.privateCreatorOf(tag)).isEqualTo("VIGIL");
  }

  @Test
  void aDataSetSaysNothingOfThePatient() {
    Attributes a = new Attributes();
    a.setString(Tag.PatientName, "Doe^Jane");
    assertThat(a.toString()).contains("(0010,0010)PN").doesNotContain("Doe");
    assertThat(a.getPersonName(Tag.PatientName).toString()).doesNotContain("Doe");
    assertThat(a.getPersonName(Tag.PatientName).given()).isEqualTo("Jane");
  }

  @Test
  void backslashesAreRefusedWhereTheySeparate() {
    Attributes a = new Attributes();
    assertThatThrownBy(() -> a.setString(Tag.PatientID, "a\\b"))
        .isInstanceOf(IllegalArgumentException.class);
    a.setString(Tag.TextValue, "a\\b");
    assertThat(a.getString(Tag.TextValue)).isEqualTo("a\\b");
  }

  @Test
  void theDictionaryKnowsRepeatingGroupsAndAmbiguousElements() {
    assertThat(ElementDictionary.tagOf("PatientName")).isEqualTo(Tag.PatientName);
    assertThat(ElementDictionary.keywordOf(0x60023000)).isEqualTo("OverlayData");
    assertThat(ElementDictionary.vrOf(0x60023000)).isEqualTo(VR.OW);
    assertThat(ElementDictionary.vrOf(0x50100010)).isEqualTo(VR.US);
    assertThat(ElementDictionary.vrOf(Tag.SmallestImagePixelValue, true)).isEqualTo(VR.SS);
    assertThat(ElementDictionary.vrOf(0x00090010)).isEqualTo(VR.LO);
    assertThat(ElementDictionary.vrOf(0x00091001)).isEqualTo(VR.UN);
    assertThat(ElementDictionary.vmOf(Tag.PixelSpacing)).isEqualTo("2");
    assertThat(ElementDictionary.isKnown(0x00080003)).isFalse();
  }

  @Test
  void uidsAreValidAndNamedOnesRepeat() {
    assertThat(Uids.isValid(Uids.fresh())).isTrue();
    assertThat(Uids.fresh()).isNotEqualTo(Uids.fresh()).startsWith("2.25.");
    assertThat(Uids.named("a", "b")).isEqualTo(Uids.named("a", "b"));
    assertThat(Uids.named("a", "b")).isNotEqualTo(Uids.named("ab", ""));
    assertThat(Uids.isValid(Uids.IMPLEMENTATION_CLASS_UID)).isTrue();
    for (String bad : new String[] {"", "1..2", "1.02", ".1", "1.", "1.a", "1".repeat(65)}) {
      assertThat(Uids.isValid(bad)).as(bad).isFalse();
    }
  }
}
