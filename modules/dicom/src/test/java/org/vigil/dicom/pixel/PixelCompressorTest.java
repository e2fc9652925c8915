package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomWriter;

/** What is compressed decodes to the same values. */
class PixelCompressorTest {

  /** Transfer syntax, bits allocated and stored, 1 for signed, samples, frames. */
  static Stream<Arguments> lossless() {
    return Stream.of(
        Arguments.of(UID.RLELossless, 8, 8, 0, 1, 1),
        Arguments.of(UID.RLELossless, 16, 12, 0, 1, 3),
        Arguments.of(UID.RLELossless, 16, 16, 1, 1, 1),
        Arguments.of(UID.RLELossless, 32, 32, 0, 1, 1),
        Arguments.of(UID.RLELossless, 8, 8, 0, 3, 2),
        Arguments.of(UID.JPEGLSLossless, 8, 8, 0, 1, 1),
        Arguments.of(UID.JPEGLSLossless, 16, 12, 0, 1, 3),
        Arguments.of(UID.JPEGLSLossless, 16, 12, 1, 1, 1),
        Arguments.of(UID.JPEGLSLossless, 16, 16, 1, 1, 1),
        Arguments.of(UID.JPEGLSLossless, 8, 8, 0, 3, 2),
        Arguments.of(UID.JPEG2000Lossless, 8, 8, 0, 1, 1),
        Arguments.of(UID.JPEG2000Lossless, 16, 12, 0, 1, 3),
        Arguments.of(UID.JPEG2000Lossless, 16, 16, 0, 1, 1),
        Arguments.of(UID.JPEG2000Lossless, 16, 12, 1, 1, 1),
        Arguments.of(UID.JPEG2000Lossless, 16, 16, 1, 1, 1),
        Arguments.of(UID.JPEG2000Lossless, 8, 8, 0, 3, 2));
  }

  @ParameterizedTest(name = "{0}: {1} allocated, {2} stored, signed {3}, {4} samples, {5} frames")
  @MethodSource("lossless")
  void comesBackExactly(
      String syntax, int allocated, int stored, int signed, int samples, int frames)
      throws Exception {
    for (int planar = 0; planar < Math.min(2, samples); planar++) {
      Attributes image = image(allocated, stored, signed, samples, frames);
      if (samples > 1) {
        image.setInt(Tag.PlanarConfiguration, VR.US, planar);
      }
      Attributes compressed = PixelCompressor.compress(image, UID.ExplicitVRLittleEndian, syntax);

      // Through a file, as everybody else will read it.
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      DicomWriter.writeDataset(file, compressed, syntax);
      PixelDecoder before = PixelDecoder.of(image, UID.ExplicitVRLittleEndian);
      PixelDecoder after = PixelDecoder.of(compressed, syntax);
      assertThat(after.frames()).isEqualTo(frames);
      for (int i = 0; i < frames; i++) {
        assertThat(after.frame(i).toLittleEndian()).isEqualTo(before.frame(i).toLittleEndian());
        assertThat(after.frame(i).photometric()).isEqualTo(samples == 3 ? "RGB" : "MONOCHROME2");
      }
    }
  }

  /** Small images that hardly compress, and steep ones, in every size up to a code block. */
  @ParameterizedTest(name = "{0} bits, signed {1}")
  @CsvSource({"8, 0", "12, 0", "12, 1", "16, 0", "16, 1"})
  void smallJpeg2000ImagesComeBackExactly(int stored, int signed) throws Exception {
    for (int size : new int[] {1, 2, 3, 5, 8, 16, 17, 31, 32, 33, 48, 64, 65, 100}) {
      for (int step : new int[] {0, 7, 1021}) {
        Attributes image = square(size, stored, signed, step);
        Attributes compressed =
            PixelCompressor.compress(image, UID.ExplicitVRLittleEndian, UID.JPEG2000Lossless);

        assertThat(PixelDecoder.of(compressed, UID.JPEG2000Lossless).frame(0).toLittleEndian())
            .as("%d square, step %d", size, step)
            .isEqualTo(
                PixelDecoder.of(image, UID.ExplicitVRLittleEndian).frame(0).toLittleEndian());
      }
    }
  }

  /** A ramp of this step that wraps around, or noise. */
  private static Attributes square(int size, int stored, int signed, int step) {
    int allocated = stored > 8 ? 16 : 8;
    Attributes a = image(allocated, stored, signed, 1, 1);
    a.setInt(Tag.Rows, VR.US, size);
    a.setInt(Tag.Columns, VR.US, size);
    Random random = new Random(size);
    byte[] pixels = new byte[size * size * allocated / 8 + (size * size * allocated / 8 & 1)];
    for (int i = 0; i < size * size; i++) {
      int value = (step == 0 ? random.nextInt() : i * step) & (1 << stored) - 1;
      if (signed == 1 && value >> stored - 1 == 1) {
        value |= -1 << stored;
      }
      if (allocated == 8) {
        pixels[i] = (byte) value;
      } else {
        pixels[2 * i] = (byte) value;
        pixels[2 * i + 1] = (byte) (value >> 8);
      }
    }
    a.setBytes(Tag.PixelData, allocated == 8 ? VR.OB : VR.OW, pixels);
    return a;
  }

  @Test
  void whatWouldLoseSomethingIsRefused() {
    Attributes image = image(16, 12, 0, 1, 1);
    image.setInt(0x60000102, VR.US, 14);
    assertThatThrownBy(
            () -> PixelCompressor.compress(image, UID.ExplicitVRLittleEndian, UID.JPEGLSLossless))
        .hasMessageContaining("DICOM-0006")
        .hasMessageContaining("overlays");
    assertThatThrownBy(
            () ->
                PixelCompressor.compress(
                    image(32, 32, 0, 1, 1), UID.ExplicitVRLittleEndian, UID.JPEGLSLossless))
        .hasMessageContaining("16 bits");
    assertThat(PixelCompressor.canEncode(UID.JPEG2000)).isFalse();
  }

  static Attributes image(int allocated, int stored, int signed, int samples, int frames) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    a.setInt(Tag.Rows, VR.US, 61);
    a.setInt(Tag.Columns, VR.US, 47);
    a.setInt(Tag.NumberOfFrames, VR.IS, frames);
    a.setInt(Tag.SamplesPerPixel, VR.US, samples);
    a.setString(Tag.PhotometricInterpretation, VR.CS, samples == 1 ? "MONOCHROME2" : "RGB");
    a.setInt(Tag.BitsAllocated, VR.US, allocated);
    a.setInt(Tag.BitsStored, VR.US, stored);
    a.setInt(Tag.HighBit, VR.US, stored - 1);
    a.setInt(Tag.PixelRepresentation, VR.US, signed);
    byte[] pixels = new byte[61 * 47 * samples * frames * allocated / 8];
    Random random = new Random(stored * 31L + samples);
    for (int i = 0; i < pixels.length; i++) {
      // Rows of runs and rows of noise.
      pixels[i] = (byte) (i / 400 % 2 == 0 ? i / 90 : random.nextInt());
    }
    if (stored == 12) {
      for (int i = 1; i < pixels.length; i += 2) {
        int high = pixels[i] & 0x0F;
        pixels[i] = (byte) (signed == 1 && high > 7 ? high | 0xF0 : high);
      }
    }
    a.setBytes(
        Tag.PixelData,
        allocated == 8 ? VR.OB : VR.OW,
        pixels.length % 2 == 0 ? pixels : Arrays.copyOf(pixels, pixels.length + 1));
    return a;
  }
}
