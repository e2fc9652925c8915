package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.pixel.jpegls.JpegLsEncoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/** Pixels as they are seldom, but allowed, or as archives have left them. */
class OddPixelsTest {

  private static Attributes image(int rows, int columns, int samples, int allocated, int stored) {
    Attributes a = new Attributes();
    a.setInt(Tag.SamplesPerPixel, samples);
    a.setString(Tag.PhotometricInterpretation, samples == 1 ? "MONOCHROME2" : "RGB");
    a.setInt(Tag.Rows, rows);
    a.setInt(Tag.Columns, columns);
    a.setInt(Tag.BitsAllocated, allocated);
    a.setInt(Tag.BitsStored, stored);
    a.setInt(Tag.HighBit, stored - 1);
    a.setInt(Tag.PixelRepresentation, 0);
    return a;
  }

  private static Attributes fragments(Attributes a, byte[]... fragments) {
    Fragments all = new Fragments(VR.OB);
    for (byte[] fragment : fragments) {
      all.add(fragment);
    }
    a.setFragments(Tag.PixelData, all);
    return a;
  }

  private static byte[] jpegLs(int rows, int columns, int value) throws Exception {
    int[] values = new int[rows * columns];
    Arrays.fill(values, value);
    return JpegLsEncoder.encode(new JpegLsImage(rows, columns, 1, 8, values), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 12, 20, 24, 31})
  void cellsOfAnySizeLieWithoutGaps(int bits) throws Exception {
    for (int signed = 0; signed < 2; signed++) {
      Attributes a = image(3, 5, 1, bits, bits);
      a.setInt(Tag.PixelRepresentation, signed);
      a.setInt(Tag.NumberOfFrames, VR.IS, 2);
      java.math.BigInteger all = java.math.BigInteger.ZERO;
      int[] expected = new int[30];
      for (int i = 0; i < 30; i++) {
        long cell = i * 0x9E3779B9L & (1L << bits) - 1;
        all = all.or(java.math.BigInteger.valueOf(cell).shiftLeft(i * bits));
        expected[i] = signed == 1 ? (int) (cell << 64 - bits >> 64 - bits) : (int) cell;
      }
      byte[] little = new byte[(30 * bits + 15) / 16 * 2];
      byte[] big = all.toByteArray();
      for (int i = 0; i < Math.min(big.length, little.length); i++) {
        little[i] = big[big.length - 1 - i];
      }
      a.setBytes(Tag.PixelData, VR.OW, little);
      PixelDecoder decoder = PixelDecoder.of(a, UID.ImplicitVRLittleEndian);
      for (int i = 0; i < 30; i++) {
        assertThat(decoder.frame(i / 15).value(i % 15)).as("value %d", i).isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void ofMoreFramesThanDescribedTheFirstAreTaken() throws Exception {
    Attributes a = image(2, 2, 1, 8, 8);
    a.setInt(Tag.NumberOfFrames, VR.IS, 2);
    fragments(a, new byte[0], jpegLs(2, 2, 7), jpegLs(2, 2, 8), jpegLs(2, 2, 9));
    PixelDecoder decoder = PixelDecoder.of(a, UID.JPEGLSLossless);

    assertThat(decoder.frames()).isEqualTo(2);
    assertThat(decoder.frame(0).value(0)).isEqualTo(7);
    assertThat(decoder.frame(1).value(0)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 255})
  void whereHighBitCannotBeTheStoredBitsAreTheLowest(int highBit) throws Exception {
    Attributes a = image(1, 2, 1, 16, 12);
    a.setInt(Tag.HighBit, highBit);
    a.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2, 3, 4});
    Frame frame = PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0);

    assertThat(frame.value(0)).isEqualTo(0x201);
    assertThat(frame.value(1)).isEqualTo(0x403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL_422", "YBR_PARTIAL_422"})
  void subsampledColoursAreSpreadOverTheirPixels(String photometric) throws Exception {
    Attributes a = image(1, 4, 3, 8, 8);
    a.setString(Tag.PhotometricInterpretation, photometric);
    a.setBytes(Tag.PixelData, VR.OB, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Frame frame = PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0);

    assertThat((byte[]) frame.array()).containsExactly(1, 3, 4, 2, 3, 4, 5, 7, 8, 6, 7, 8);
    assertThat(frame.photometric()).isEqualTo(photometric.replace("_422", ""));
  }

  @Test
  void pixelsCalledSubsampledThatAreNotKeepTheirColours() throws Exception {
    Attributes a = image(1, 4, 3, 8, 8);
    a.setString(Tag.PhotometricInterpretation, "YBR_FULL_422");
    byte[] whole = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    a.setBytes(Tag.PixelData, VR.OB, whole);

    assertThat((byte[]) PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0).array())
        .containsExactly(whole);
  }

  @Test
  void partialRangeWhiteIsRenderedWhite() throws Exception {
    Attributes a = image(1, 2, 3, 8, 8);
    a.setString(Tag.PhotometricInterpretation, "YBR_PARTIAL_422");
    a.setBytes(Tag.PixelData, VR.OB, new byte[] {(byte) 235, 16, (byte) 128, (byte) 128});
    FrameRenderer renderer = FrameRenderer.of(a, PixelDecoder.of(a, UID.ExplicitVRLittleEndian));

    assertThat(renderer.render(0).getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    assertThat(renderer.render(0).getRGB(1, 0)).isEqualTo(0xFF000000);
  }

  @Test
  void deflatedFramesAreInflatedOneByOne() throws Exception {
    Attributes a = image(2, 2, 1, 16, 12);
    a.setInt(Tag.NumberOfFrames, VR.IS, 2);
    fragments(a, new byte[0], deflate(1, 0, 2, 0, 3, 0, 4, 0), deflate(5, 1, 6, 1, 7, 1, 8, 1));
    PixelDecoder decoder = PixelDecoder.of(a, UID.DeflatedImageFrameCompression);

    assertThat((short[]) decoder.frame(0).array()).containsExactly(1, 2, 3, 4);
    assertThat((short[]) decoder.frame(1).array()).containsExactly(261, 262, 263, 264);
    assertThatThrownBy(
            () ->
                PixelDecoder.of(
                        fragments(a, new byte[0], deflate(1, 2)), UID.DeflatedImageFrameCompression)
                    .frame(0))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0022");
  }

  private static byte[] deflate(int... bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, true);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      for (int b : bytes) {
        deflated.write(b);
      }
    }
    deflater.end();
    return out.size() % 2 == 0
        ? out.toByteArray()
        : Arrays.copyOf(out.toByteArray(), out.size() + 1);
  }

  @Test
  void runLengthsOfSingleBitsArePacked() throws Exception {
    Attributes a = image(2, 5, 1, 1, 1);
    byte[] frame = new byte[64 + 4];
    frame[0] = 1;
    frame[4] = 64;
    System.arraycopy(new byte[] {1, 0b0110_1001, 0b01, 0}, 0, frame, 64, 4);
    fragments(a, new byte[0], frame);

    assertThat((byte[]) PixelDecoder.of(a, UID.RLELossless).frame(0).array())
        .containsExactly(1, 0, 0, 1, 0, 1, 1, 0, 1, 0);
  }

  @Test
  void compressedPixelsInAnUncompressedSyntaxAreKnownByTheirMarkers() throws Exception {
    Attributes a = fragments(image(4, 4, 1, 8, 8), new byte[0], jpegLs(4, 4, 77));

    assertThat(PixelDecoder.of(a, UID.ExplicitVRLittleEndian).frame(0).value(5)).isEqualTo(77);
  }

  @Test
  void nativePixelsInACompressedSyntaxAreReadWhereNoneIsMissing() throws Exception {
    Attributes a = image(1, 3, 1, 8, 8);
    a.setBytes(Tag.PixelData, VR.OB, new byte[] {7, 8, 9, 0});
    assertThat((byte[]) PixelDecoder.of(a, UID.JPEGBaseline8Bit).frame(0).array())
        .containsExactly(7, 8, 9);

    a.setBytes(Tag.PixelData, VR.OB, new byte[] {7, 8});
    assertThatThrownBy(() -> PixelDecoder.of(a, UID.JPEGBaseline8Bit))
        .isInstanceOf(DicomException.class);
  }

  @Test
  void framesInSeveralFragmentsAreFoundWithoutARightOffsetTable() throws Exception {
    byte[] one = jpegLs(8, 8, 10);
    byte[] two = jpegLs(8, 8, 20);
    byte[] head = Arrays.copyOf(one, 20);
    byte[] tail = Arrays.copyOfRange(one, 20, one.length);
    for (byte[] table : List.of(new byte[0], new byte[] {0, 0, 0, 0, 9, 9, 0, 0})) {
      Attributes a = image(8, 8, 1, 8, 8);
      a.setInt(Tag.NumberOfFrames, VR.IS, 2);
      PixelDecoder decoder =
          PixelDecoder.of(fragments(a, table, head, tail, two), UID.JPEGLSLossless);
      assertThat(decoder.frame(0).value(63)).isEqualTo(10);
      assertThat(decoder.frame(1).value(63)).isEqualTo(20);
    }
  }

  @Test
  void theExtendedOffsetTableIsFollowed() throws Exception {
    byte[] one = jpegLs(8, 8, 10);
    byte[] head = Arrays.copyOf(one, 20);
    byte[] tail = Arrays.copyOfRange(one, 20, one.length);
    byte[] two = jpegLs(8, 8, 20);
    Attributes a = image(8, 8, 1, 8, 8);
    a.setInt(Tag.NumberOfFrames, VR.IS, 2);
    long second = 8 + head.length + 8 + tail.length + (tail.length & 1);
    a.setLong(Tag.ExtendedOffsetTable, VR.OV, 0, second);
    PixelDecoder decoder =
        PixelDecoder.of(fragments(a, new byte[0], head, tail, two), UID.JPEGLSLossless);

    assertThat(decoder.frame(0).value(0)).isEqualTo(10);
    assertThat(decoder.frame(1).value(0)).isEqualTo(20);
  }

  @Test
  void tilesThatWereNotFilledUpLieInTheCornerOfTheirFrame() throws Exception {
    Attributes a = image(4, 4, 1, 8, 8);
    a.setInt(Tag.TotalPixelMatrixColumns, VR.UL, 7);
    a.setInt(Tag.TotalPixelMatrixRows, VR.UL, 4);
    a.setInt(Tag.NumberOfFrames, VR.IS, 2);
    PixelDecoder decoder =
        PixelDecoder.of(
            fragments(a, new byte[0], jpegLs(4, 4, 9), jpegLs(4, 3, 5)), UID.JPEGLSLossless);

    assertThat((byte[]) decoder.frame(1).array())
        .containsExactly(5, 5, 5, 0, 5, 5, 5, 0, 5, 5, 5, 0, 5, 5, 5, 0);
    a.remove(Tag.TotalPixelMatrixColumns);
    assertThatThrownBy(() -> PixelDecoder.of(a, UID.JPEGLSLossless).frame(1))
        .hasMessageContaining("3×4×1");
  }

  @ParameterizedTest
  @ValueSource(strings = {UID.JPEGLSLossless, UID.JPEG2000, UID.JPEGLosslessSV1, UID.RLELossless})
  void memoryIsNotTakenForWhatAFewBytesCannotHold(String syntax) {
    Attributes a = fragments(image(65535, 30000, 1, 8, 8), new byte[0], new byte[500]);

    assertThatThrownBy(() -> PixelDecoder.of(a, syntax).frame(0))
        .hasMessageContaining("500 bytes cannot be a frame");
  }

  @Test
  void segmentsOfAPaletteAreExpanded() throws Exception {
    Attributes a = image(1, 4, 1, 8, 8);
    a.setString(Tag.PhotometricInterpretation, "PALETTE COLOR");
    a.setBytes(Tag.PixelData, VR.OB, new byte[] {0, 2, 4, 7});
    int[] descriptors = {
      Tag.RedPaletteColorLookupTableDescriptor,
      Tag.GreenPaletteColorLookupTableDescriptor,
      Tag.BluePaletteColorLookupTableDescriptor
    };
    for (int descriptor : descriptors) {
      a.setInt(descriptor, VR.US, 8, 0, 16);
    }
    // One entry of 0, a line of four to 0x8000, and both once more: 0, 0x2000 … 0x8000.
    byte[] segments = {
      0, 0, 1, 0, 0, 0, 1, 0, 4, 0, 0, (byte) 0x80, 2, 0, 2, 0, 0, 0, 0, 0,
    };
    a.setBytes(Tag.SegmentedRedPaletteColorLookupTableData, VR.OW, segments);
    a.setBytes(Tag.SegmentedGreenPaletteColorLookupTableData, VR.OW, segments);
    a.setBytes(Tag.SegmentedBluePaletteColorLookupTableData, VR.OW, segments);
    FrameRenderer renderer = FrameRenderer.of(a, PixelDecoder.of(a, UID.ExplicitVRLittleEndian));

    int[] reds = new int[4];
    for (int x = 0; x < 4; x++) {
      reds[x] = renderer.render(0).getRaster().getSample(x, 0, 0);
    }
    // The second line falls from 0 again, for the repeated entry comes first.
    assertThat(reds).containsExactly(0, 0x40 - 1, 0x80 - 1, 0x40 - 1);
  }

  @Test
  void overlaysAreReadFromTheirDataAndFromUnusedBits() throws Exception {
    Attributes a = image(2, 3, 1, 16, 12);
    a.setBytes(
        Tag.PixelData, VR.OW, new byte[] {1, 0x10, 2, 0, 3, 0x10, 4, 0, 5, (byte) 0xF0, 6, 0x20});
    a.setInt(0x60000010, VR.US, 2);
    a.setInt(0x60000011, VR.US, 3);
    a.setString(0x60000040, VR.CS, "G");
    a.setInt(0x60000100, VR.US, 16);
    a.setInt(0x60000102, VR.US, 12);
    a.setInt(0x60020010, VR.US, 1);
    a.setInt(0x60020011, VR.US, 2);
    a.setInt(0x60020050, VR.SS, 2, 2);
    a.setString(0x60020040, VR.CS, "G");
    a.setBytes(0x60023000, VR.OW, new byte[] {0b10, 0});
    PixelDecoder decoder = PixelDecoder.of(a, UID.ExplicitVRLittleEndian);
    List<Overlay> overlays = Overlay.of(a, decoder);

    assertThat(overlays).extracting(Overlay::group).containsExactly(0x6000, 0x6002);
    assertThat(overlays.get(0).isEmbedded()).isTrue();
    assertThat(overlays.get(0).plane(0)).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(overlays.get(1).plane(0)).containsExactly(0, 1);
    assertThat((short[]) decoder.frame(0).array()).containsExactly(1, 2, 3, 4, 5, 6);
    // Row 2, column 2 is the overlay's first pixel; its second is the one that is set.
    assertThat(FrameRenderer.of(a, decoder).withOverlays().render(0).getRGB(2, 1))
        .isEqualTo(0xFFFFFFFF);
    assertThat(FrameRenderer.of(a, decoder).render(0).getRGB(0, 0)).isNotEqualTo(0xFFFFFFFF);

    a.setInt(0x60020010, VR.US, 60000);
    assertThatThrownBy(() -> Overlay.of(a, decoder)).hasMessageContaining("DICOM-0021");
  }
}
