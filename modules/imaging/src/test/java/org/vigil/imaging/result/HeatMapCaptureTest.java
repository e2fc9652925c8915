package org.vigil.imaging.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;

class HeatMapCaptureTest {
  private final Attributes capture = capture(2048, 1024);

  @Test
  void itIsADerivedSecondaryCaptureWithWordsBurntIn() {
    assertThat(capture.getString(Tag.SOPClassUID)).isEqualTo(UID.SecondaryCaptureImageStorage);
    assertThat(capture.getStrings(Tag.ImageType)).containsExactly("DERIVED", "SECONDARY");
    assertThat(capture.getString(Tag.BurnedInAnnotation)).isEqualTo("YES");
    assertThat(
            capture
                .getNestedDataset(Tag.SourceImageSequence)
                .getString(Tag.ReferencedSOPInstanceUID))
        .isEqualTo("2.25.1003");
  }

  @Test
  void itsLongestSideIsBounded() throws IOException {
    assertThat(capture.getInt(Tag.Columns, 0)).isEqualTo(1024);
    assertThat(capture.getInt(Tag.Rows, 0)).isEqualTo(512);
    assertThat(capture.getBytes(Tag.PixelData)).hasSize(1024 * 512 * 3);
  }

  @Test
  void greyLevelsAreNotChangedWhereNothingIsDrawn() throws IOException {
    assertThat(pixel(200, 300)).containsExactly(90, 90, 90);
  }

  @Test
  void heatIsColouredAndTheBoxIsRedForACriticalFinding() throws IOException {
    int[] hot = pixel(736, 128);
    assertThat(hot[0]).as("red").isGreaterThan(hot[2] + 60);
    int[] edge = pixel(290 + 60, 70);
    assertThat(edge).containsExactly(0xFF, 0x40, 0x40);
  }

  @Test
  void makingItAgainGivesTheSamePixels() throws IOException {
    assertThat(capture(2048, 1024).getBytes(Tag.PixelData))
        .isEqualTo(capture.getBytes(Tag.PixelData));
  }

  private int[] pixel(int x, int y) throws IOException {
    byte[] bytes = capture.getBytes(Tag.PixelData);
    int at = (y * 1024 + x) * 3;
    return new int[] {bytes[at] & 0xFF, bytes[at + 1] & 0xFF, bytes[at + 2] & 0xFF};
  }

  private static Attributes capture(int width, int height) {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        grey.getRaster().setSample(x, y, 0, 90);
      }
    }
    return new HeatMapCapture(ResultFixture.content(), ResultFixture.image()).toObject(grey);
  }
}
