package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/** Headers that ask for more than the image can be are refused before the decoder obeys them. */
class Jpeg2000HeaderTest {
  private static final int SIZ_WIDTH = 8;
  private static final int SIZ_TILE_WIDTH = 24;
  private static final int RSIZ = 6;
  private static final int COMPONENTS = 40;
  private static final int STEP = 43;

  private static Attributes image() throws Exception {
    Attributes a = new Attributes();
    a.setInt(Tag.SamplesPerPixel, 1);
    a.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
    a.setInt(Tag.Rows, 300);
    a.setInt(Tag.Columns, 400);
    a.setInt(Tag.BitsAllocated, 8);
    a.setInt(Tag.BitsStored, 8);
    a.setInt(Tag.HighBit, 7);
    a.setInt(Tag.PixelRepresentation, 0);
    byte[] pixels = new byte[300 * 400];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 >> 3);
    }
    a.setBytes(Tag.PixelData, VR.OB, pixels);
    return PixelCompressor.compress(a, UID.ExplicitVRLittleEndian, UID.JPEG2000Lossless);
  }

  private static Attributes changed(Consumer<ByteBuffer> change) throws Exception {
    Attributes a = image();
    byte[] stream = a.getFragments(Tag.PixelData).bytesOf(1).clone();
    change.accept(ByteBuffer.wrap(stream));
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(stream);
    a.setFragments(Tag.PixelData, fragments);
    return a;
  }

  private static Frame decode(Attributes a) throws Exception {
    return PixelDecoder.of(a, UID.JPEG2000Lossless).frame(0);
  }

  /** Offset of the parameters of COD. */
  private static int cod(ByteBuffer stream) {
    for (int at = 2; ; at += 2 + (stream.getShort(at + 2) & 0xFFFF)) {
      if ((stream.getShort(at) & 0xFFFF) == 0xFF52) {
        return at + 4;
      }
    }
  }

  @Test
  void sizesOtherThanDescribedAreRefused() throws Exception {
    assertThatThrownBy(() -> decode(changed(s -> s.putInt(SIZ_WIDTH, Integer.MAX_VALUE))))
        .hasMessageContaining("described is 400×300×1");
    assertThatThrownBy(() -> decode(changed(s -> s.putShort(COMPONENTS, (short) 16384))))
        .hasMessageContaining("400×300×16384");
    assertThatThrownBy(() -> decode(changed(s -> s.put(STEP, (byte) 2))))
        .hasMessageContaining("sub-sampled");
  }

  @Test
  void tooManyTilesAreRefused() {
    assertThatThrownBy(
            () ->
                decode(
                    changed(
                        s -> {
                          s.putInt(SIZ_TILE_WIDTH, 1);
                          s.putInt(SIZ_TILE_WIDTH + 4, 1);
                        })))
        .hasMessageContaining("more than 65535 tiles");
    assertThatThrownBy(() -> decode(changed(s -> s.putInt(SIZ_TILE_WIDTH, 0))))
        .hasMessageContaining("do not cover");
  }

  @Test
  void tooManyBlocksInTooManyLayersAreRefused() {
    assertThatThrownBy(
            () ->
                decode(
                    changed(
                        s -> {
                          int cod = cod(s);
                          s.putShort(cod + 2, (short) 0xFFFF);
                          s.put(cod + 6, (byte) 0);
                          s.put(cod + 7, (byte) 0);
                        })))
        .hasMessageContaining("more than can be held");
  }

  @Test
  void extensionsAreNamedAndProfilesOfPart1Read() throws Exception {
    assertThatThrownBy(() -> decode(changed(s -> s.putShort(RSIZ, (short) 0x4000))))
        .hasMessageContaining("needs extensions");

    Frame cinema = decode(changed(s -> s.putShort(RSIZ, (short) 3)));
    assertThat((byte[]) cinema.array()).isEqualTo((byte[]) decode(image()).array());
  }

  @Test
  @org.junit.jupiter.api.Timeout(60)
  void whatEndsTooEarlyNeitherHangsNorEndsTheThread() throws Exception {
    byte[] whole = image().getFragments(Tag.PixelData).bytesOf(1);
    for (int length = 2; length < 200; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Attributes a = image();
      Fragments fragments = new Fragments(VR.OB);
      fragments.add(new byte[0]);
      fragments.add(part);
      a.setFragments(Tag.PixelData, fragments);
      try {
        assertThat(decode(a).size()).isEqualTo(120_000);
      } catch (org.vigil.dicom.data.DicomException e) {
        assertThat(e.getMessage()).startsWith("DICOM-0022");
      }
    }
  }
}
