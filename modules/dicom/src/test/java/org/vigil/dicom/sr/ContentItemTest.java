package org.vigil.dicom.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.sr.ContentItem.Graphic;
import org.vigil.dicom.sr.ContentItem.Relationship;

class ContentItemTest {

  private static final Code FINDING = Code.of("DCM", "121071", "Finding");
  private static final Code LENGTH = Code.of("SCT", "410668003", "Length");
  private static final Code MILLIMETRE = Code.of("UCUM", "mm", "millimeter");

  @Test
  void aTreeSurvivesWritingAndReading() throws Exception {
    Attributes report = new Attributes();
    report.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    ContentItem.container(Code.of("DCM", "126000", "Imaging Measurement Report"))
        .template("DCMR", "1500")
        .add(
            Relationship.CONTAINS,
            ContentItem.container(Code.of("DCM", "125007", "Measurement Group"))
                .add(
                    Relationship.HAS_OBS_CONTEXT,
                    ContentItem.uidRef(
                        Code.of("DCM", "112040", "Tracking Unique Identifier"), "1.2.3"))
                .add(
                    Relationship.CONTAINS,
                    ContentItem.code(FINDING, Code.of("SCT", "36118008", "Pneumothorax")))
                .add(
                    Relationship.CONTAINS,
                    ContentItem.spatial(
                            Code.of("DCM", "111030", "Image Region"),
                            Graphic.POLYLINE,
                            1,
                            1,
                            5,
                            1,
                            5,
                            5,
                            1,
                            1)
                        .add(
                            Relationship.SELECTED_FROM,
                            ContentItem.image(
                                null, UID.DigitalXRayImageStorageForPresentation, "1.2.4")))
                .add(Relationship.CONTAINS, ContentItem.number(LENGTH, 12.3456789, MILLIMETRE)))
        .writeTo(report);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, report, UID.ExplicitVRLittleEndian);
    Attributes back =
        DicomReader.readDataset(
            new ByteArrayInputStream(out.toByteArray()), UID.ExplicitVRLittleEndian);
    assertThat(back).isEqualTo(report);

    ContentItem root = ContentItem.from(back);
    assertThat(root.valueType()).isEqualTo("CONTAINER");
    assertThat(root.relationshipType()).isNull();
    assertThat(root.find(FINDING)).hasSize(1);
    assertThat(root.find(FINDING).get(0).codeValue().meaning()).isEqualTo("Pneumothorax");
    assertThat(root.find(LENGTH).get(0).numericValue()).isEqualTo(12.3456789);
    ContentItem group = root.children().get(0);
    assertThat(group.children().get(0).relationshipType()).isEqualTo("HAS OBS CONTEXT");
    assertThat(group.children().get(2).attributes().getDoubles(Tag.GraphicData)).hasSize(8);
  }

  @Test
  void anItemBelongsToOneParent() {
    ContentItem child = ContentItem.text(FINDING, "x");
    ContentItem.container(FINDING).add(Relationship.CONTAINS, child);
    assertThatThrownBy(() -> ContentItem.container(FINDING).add(Relationship.CONTAINS, child))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void codesAreComplete() {
    assertThatThrownBy(() -> Code.of("DCM", "", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Code.of("SCT", "123456789012345678", "long").toItem().contains(Tag.LongCodeValue))
        .isTrue();
    assertThat(Code.of("A", "1", "x").sameConcept(Code.of("A", "1", "y"))).isTrue();
  }
}
