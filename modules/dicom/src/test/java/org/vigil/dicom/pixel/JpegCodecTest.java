package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.pixel.jpeg.LosslessImage;
import org.vigil.dicom.pixel.jpegls.JpegLsEncoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/** JPEG frames as encoders have left them. */
class JpegCodecTest {
  private static final int SIDE = 32;

  private static Frame decode(
      byte[] image, int side, int samples, int allocated, int stored, String syntax)
      throws Exception {
    Attributes a = new Attributes();
    a.setInt(Tag.SamplesPerPixel, samples);
    a.setString(Tag.PhotometricInterpretation, samples == 1 ? "MONOCHROME2" : "RGB");
    a.setInt(Tag.Rows, side);
    a.setInt(Tag.Columns, side);
    a.setInt(Tag.BitsAllocated, allocated);
    a.setInt(Tag.BitsStored, stored);
    a.setInt(Tag.HighBit, stored - 1);
    a.setInt(Tag.PixelRepresentation, 0);
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(image);
    a.setFragments(Tag.PixelData, fragments);
    return PixelDecoder.of(a, syntax).frame(0);
  }

  private static Frame grey(byte[] image) throws Exception {
    return decode(image, SIDE, 1, 8, 8, UID.JPEGBaseline8Bit);
  }

  /** A ramp, compressed by the JDK. */
  private static byte[] ramp() throws Exception {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.getRaster().setSample(x, y, 0, 3 * x + 4 * y);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  private static byte[] with(byte[] image, int at, int... inserted) {
    byte[] longer = new byte[image.length + inserted.length];
    System.arraycopy(image, 0, longer, 0, at);
    for (int i = 0; i < inserted.length; i++) {
      longer[at + i] = (byte) inserted[i];
    }
    System.arraycopy(image, at, longer, at + inserted.length, image.length - at);
    return longer;
  }

  @Test
  void anAdobeSegmentThatIsTooShortIsPassedOver() throws Exception {
    byte[] odd = with(ramp(), 2, 0xFF, 0xEE, 0, 12, 'A', 'd', 'o', 'b', 'e', 0, 0, 0, 0, 0);

    assertThat(grey(odd).array()).isEqualTo(grey(ramp()).array());
  }

  @Test
  void fillBytesBeforeTheImageArePassedOver() throws Exception {
    assertThat(grey(with(ramp(), 0, 0xFF, 0xFF)).array()).isEqualTo(grey(ramp()).array());
  }

  @Test
  void anImageThatEndsTooEarlyIsRefusedRatherThanFilledUp() throws Exception {
    byte[] image = ramp();

    assertThatThrownBy(() -> grey(Arrays.copyOf(image, image.length * 4 / 5)))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("ends too early");
    // But without its EOI alone it is whole.
    assertThat(grey(Arrays.copyOf(image, image.length - 2)).array()).isEqualTo(grey(image).array());
  }

  @Test
  void quantizationTablesOfSixteenBitsAreNotCut() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] head = {0xFF, 0xD8, 0xFF, 0xDB, 0, 131, 0x10};
    // One block whose mean is one step of 400 above grey: 400 / 8.
    int[] rest = {
      0xFF,
      0xC1,
      0,
      11,
      8,
      0,
      8,
      0,
      8,
      1,
      1,
      0x11,
      0,
      0xFF,
      0xC4,
      0,
      20,
      0x00,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      0xFF,
      0xC4,
      0,
      20,
      0x10,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0xFF,
      0xDA,
      0,
      8,
      1,
      1,
      0,
      0,
      63,
      0,
      0b01011111,
      0xFF,
      0xD9
    };
    IntStream.of(head).forEach(out::write);
    for (int i = 0; i < 64; i++) {
      out.write(400 >> 8);
      out.write(400 & 0xFF);
    }
    IntStream.of(rest).forEach(out::write);

    Frame frame = decode(out.toByteArray(), 8, 1, 8, 8, UID.JPEGExtended12Bit);

    assertThat(frame.value(0)).isEqualTo(128 + 50);
    assertThat(frame.value(63)).isEqualTo(128 + 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {UID.JPEGLossless, UID.JPEGLosslessSV1})
  void losslessColoursOfSixteenBitsComeBack(String syntax) throws Exception {
    int[] samples = IntStream.range(0, SIDE * SIDE * 3).map(i -> i * 40503 & 0xFFFF).toArray();
    byte[] image = LosslessImage.encode(samples, SIDE, SIDE, 3, 16, 1, 0, 0, true);

    Frame frame = decode(image, SIDE, 3, 16, 16, syntax);

    assertThat(IntStream.range(0, samples.length).map(frame::value).toArray()).isEqualTo(samples);
  }

  @Test
  void jpegLsUnderTheNameOfJpegIsDecodedAsWhatItIs() throws Exception {
    int[] samples = IntStream.range(0, SIDE * SIDE).map(i -> i * 7 & 0xFF).toArray();
    byte[] image = JpegLsEncoder.encode(new JpegLsImage(SIDE, SIDE, 1, 8, samples), 0);

    Frame frame = decode(image, SIDE, 1, 8, 8, UID.JPEGLosslessSV1);

    assertThat(IntStream.range(0, samples.length).map(frame::value).toArray()).isEqualTo(samples);
  }

  @Test
  void roundingBeyondBitsStoredDoesNotTurnWhiteIntoBlack() throws Exception {
    short[] values = new short[SIDE * SIDE];
    Arrays.fill(values, (short) 4096);
    byte[] image =
        new Jpeg2000FrameEncoder()
            .encode(new Frame(SIDE, SIDE, 1, "MONOCHROME2", 16, false, values));

    assertThat(decode(image, SIDE, 1, 16, 12, UID.JPEG2000).value(0)).isEqualTo(4095);
  }
}
