package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

class ObjectHeaderTest {
  @Test
  void identityIsReadStrictlyAndTheRestLeniently() {
    Attributes object = object();
    object.setString(Tag.StudyDate, VR.DA, "2026.11.22");
    object.setString(Tag.StudyTime, VR.TM, "021733.5");
    object.setString(Tag.SeriesNumber, VR.IS, "not a number");
    object.setString(Tag.Modality, VR.CS, "dx");

    ObjectHeader header = ObjectHeader.of(object);

    assertThat(header.study().value()).isEqualTo("1.2.3");
    assertThat(header.studyDate()).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(header.studyTime()).isEqualTo(LocalTime.of(2, 17, 33, 500_000_000));
    assertThat(header.seriesNumber()).isNull();
    assertThat(header.modality()).isEqualTo("DX");
    assertThat(header.hasPixelData()).isFalse();
    assertThat(header.rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID, Tag.SOPClassUID})
  void anAttributeThatIdentifiesTheObjectIsNamedWhenMissing(int tag) {
    Attributes object = object();
    object.remove(tag);

    assertThatThrownBy(() -> ObjectHeader.of(object))
        .isInstanceOfSatisfying(
            VigilException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.IMAGING_0002);
              assertThat(e.details()).containsEntry("attribute", DicomNames.attribute(tag));
            });
  }

  @Test
  void whatIsNoUidIsRefusedByName() {
    Attributes object = object();
    object.setString(Tag.StudyInstanceUID, VR.UI, "../../etc/passwd");

    assertThatThrownBy(() -> ObjectHeader.of(object))
        .isInstanceOfSatisfying(
            VigilException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.KERNEL_0002);
              assertThat(e.details().get("attribute").toString()).contains("StudyInstanceUID");
            });
  }

  @Test
  void aPlaceIsHashedFromUidsAndContent() {
    String sha256 = "a".repeat(64);
    String place = ObjectLocation.of(ObjectHeader.of(object()), sha256);

    assertThat(place)
        .matches("[0-9a-f]{2}/[0-9a-f]{32}/[0-9a-f]{32}/[0-9a-f]{32}\\.a{16}\\.dcm\\.enc");
    assertThat(place).isEqualTo(ObjectLocation.of(ObjectHeader.of(object()), sha256));
    assertThat(place).isNotEqualTo(ObjectLocation.of(ObjectHeader.of(object()), "b".repeat(64)));
  }

  private static Attributes object() {
    Attributes object = new Attributes();
    object.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    object.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    object.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4.5");
    object.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.1.1");
    return object;
  }
}
