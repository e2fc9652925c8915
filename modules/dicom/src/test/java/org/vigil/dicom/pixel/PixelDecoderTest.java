package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

class PixelDecoderTest {

  private static Attributes image(int rows, int columns, int allocated, int stored, int signed) {
    Attributes a = new Attributes();
    a.setInt(Tag.SamplesPerPixel, 1);
    a.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
    a.setInt(Tag.Rows, rows);
    a.setInt(Tag.Columns, columns);
    a.setInt(Tag.BitsAllocated, allocated);
    a.setInt(Tag.BitsStored, stored);
    a.setInt(Tag.HighBit, stored - 1);
    a.setInt(Tag.PixelRepresentation, signed);
    return a;
  }

  private static Frame decode(Attributes a) throws Exception {
    return PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0);
  }

  @Test
  void cutsAndSignExtendsStoredBits() throws Exception {
    Attributes a = image(1, 2, 16, 12, 1);
    a.setBytes(Tag.PixelData, VR.OW, new byte[] {(byte) 0xFF, (byte) 0xFF, 1, (byte) 0xF0});
    assertThat(decode(a).value(0)).isEqualTo(-1);
    assertThat(decode(a).value(1)).isEqualTo(1);
    Attributes u = image(1, 1, 16, 12, 0);
    u.setBytes(Tag.PixelData, VR.OW, new byte[] {(byte) 0xFF, (byte) 0xFF});
    assertThat(decode(u).value(0)).isEqualTo(4095);
  }

  @Test
  void unpacksSingleBitsAcrossFrames() throws Exception {
    Attributes a = image(1, 3, 1, 1, 0);
    a.setInt(Tag.NumberOfFrames, 2);
    a.setBytes(Tag.PixelData, VR.OB, new byte[] {0b101_110, 0});
    PixelDecoder decoder = PixelDecoder.of(a, UID.ExplicitVRLittleEndian);
    assertThat((byte[]) decoder.frame(0).array()).containsExactly(0, 1, 1);
    assertThat((byte[]) decoder.frame(1).array()).containsExactly(1, 0, 1);
  }

  @Test
  void decodesRunLengths() throws Exception {
    Attributes a = image(2, 4, 8, 8, 0);
    byte[] frame = new byte[64 + 6];
    frame[0] = 1;
    frame[4] = 64;
    // A run of five 9s, then three literals.
    System.arraycopy(new byte[] {-4, 9, 2, 1, 2, 3}, 0, frame, 64, 6);
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(frame);
    a.setFragments(Tag.PixelData, fragments);
    assertThat((byte[]) PixelDecoder.of(a, UID.RLELossless).frame(0).array())
        .containsExactly(9, 9, 9, 9, 9, 1, 2, 3);
    frame[66] = 100;
    assertThatThrownBy(() -> PixelDecoder.of(a, UID.RLELossless).frame(0))
        .hasMessageContaining("DICOM-0022");
  }

  private static byte[] jpeg2000(int size) throws Exception {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < size * size; i++) {
      picture.getRaster().setSample(i % size, i / size, 0, i * 31 & 0xFF);
    }
    ImageWriter writer = new J2KImageWriterSpi().createWriterInstance(null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(picture);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  @Test
  void refusesAJpeg2000StreamWhereverItIsCutOff() throws Exception {
    byte[] whole = jpeg2000(64);
    for (int length : new int[] {0, 1, 40, whole.length / 3, whole.length / 2, whole.length - 99}) {
      Attributes a = image(64, 64, 8, 8, 0);
      Fragments fragments = new Fragments(VR.OB);
      fragments.add(new byte[0]);
      fragments.add(Arrays.copyOf(whole, length));
      a.setFragments(Tag.PixelData, fragments);
      // The library throws ThreadDeath here, which would end a worker without a word.
      assertThatThrownBy(() -> PixelDecoder.of(a, UID.JPEG2000).frame(0))
          .as("cut off after %d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              DicomException.class,
              e -> assertThat(e.error()).isEqualTo(DicomError.PIXEL_DATA_CORRUPT));
    }
  }

  @Test
  void refusesObjectsWithoutPixelData() {
    Attributes a = image(1, 1, 8, 8, 0);
    assertThatThrownBy(() -> decode(a))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.error()).isEqualTo(DicomError.NO_PIXEL_DATA));
    a.setBytes(Tag.PixelData, VR.OB, new byte[0]);
    assertThatThrownBy(() -> decode(a)).hasMessageContaining("DICOM-0020");
  }

  @Test
  void refusesShortPixelDataContradictionsAndForeignCodecs() {
    Attributes a = image(2, 2, 8, 8, 0);
    a.setBytes(Tag.PixelData, VR.OB, new byte[2]);
    assertThatThrownBy(() -> decode(a)).hasMessageContaining("DICOM-0022");
    a.setInt(Tag.BitsStored, 9);
    assertThatThrownBy(() -> decode(a)).hasMessageContaining("BitsStored");
    Attributes video = image(1, 1, 8, 8, 0);
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(new byte[2]);
    video.setFragments(Tag.PixelData, fragments);
    assertThatThrownBy(() -> PixelDecoder.of(video, UID.MPEG2MPML))
        .hasMessageContaining("DICOM-0006")
        .hasMessageContaining("MPEG2");
    assertThat(PixelDecoder.canDecode(UID.MPEG2MPML)).isFalse();
    assertThat(PixelDecoder.canDecode(UID.JPEG2000)).isTrue();
  }

  @Test
  void rendersThroughRescaleAndWindow() throws Exception {
    Attributes a = image(1, 3, 16, 16, 0);
    a.setLong(Tag.PixelData, VR.OW, 0, 1024, 2048);
    a.setDouble(Tag.RescaleIntercept, -1024);
    a.setDouble(Tag.RescaleSlope, 1);
    a.setDouble(Tag.WindowCenter, 0);
    a.setDouble(Tag.WindowWidth, 2000);
    PixelDecoder decoder = PixelDecoder.of(a, UID.ExplicitVRLittleEndian);
    assertThat(ModalityLut.of(a, 0).apply(decoder.frame(0))).containsExactly(-1024, 0, 1024);
    BufferedImage rendered = FrameRenderer.of(a, decoder).render(0);
    assertThat(rendered.getRaster().getSample(0, 0, 0)).isZero();
    assertThat(rendered.getRaster().getSample(1, 0, 0)).isBetween(127, 128);
    assertThat(rendered.getRaster().getSample(2, 0, 0)).isEqualTo(255);
    a.setString(Tag.PhotometricInterpretation, "MONOCHROME1");
    BufferedImage inverse =
        FrameRenderer.of(a, PixelDecoder.of(a, UID.ExplicitVRLittleEndian)).render(0);
    assertThat(inverse.getRaster().getSample(0, 0, 0)).isEqualTo(255);
  }

  @Test
  void windowsFollowTheirFunction() {
    Voi linear = Voi.window(50, 100, Voi.Function.LINEAR);
    assertThat(linear.apply(-0.1)).isZero();
    assertThat(linear.apply(99.1)).isEqualTo(1);
    assertThat(Voi.window(50, 100, Voi.Function.LINEAR_EXACT).apply(25)).isEqualTo(0.25);
    assertThat(Voi.window(50, 100, Voi.Function.SIGMOID).apply(50)).isEqualTo(0.5);
    assertThatThrownBy(() -> Voi.window(0, 0.5, Voi.Function.LINEAR))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
