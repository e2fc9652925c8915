package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.pixel.jpegls.JpegLsEncoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/** Codecs against dcmtk's, where it is installed; with CI=true its absence is a failure. */
@EnabledIf("dcmtkIsThereOrMustBe")
class DcmtkCodecsTest {
  private static final List<String> PROGRAMS =
      List.of("dcmcjpeg", "dcmdjpeg", "dcmcjpls", "dcmdjpls", "dcmdrle");

  private static final int ROWS = 150;
  private static final int COLUMNS = 203;

  @TempDir Path folder;

  static boolean dcmtkIsThereOrMustBe() {
    return "true".equals(System.getenv("CI")) || PROGRAMS.stream().allMatch(p -> isOnPath(p));
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @ParameterizedTest(name = "dcmcjpeg {0}, {1} bits, {2} samples")
  @CsvSource({
    "+eb,  8, 1",
    "+ee,  8, 1",
    "+ee, 12, 1",
    "+es,  8, 1",
    "+es, 12, 1",
    "+ep,  8, 1",
    "+ep, 12, 1",
    "+eb,  8, 3",
    "+ep,  8, 3"
  })
  void lossyJpegIsWithinOneOfDcmtk(String process, int bits, int samples) throws Exception {
    Path original = write(image(bits, samples));
    Path compressed = folder.resolve("compressed.dcm");
    // Colour stays as it is, and is not sub-sampled: the decoders' filters differ.
    run("dcmcjpeg", "+un", process, "+s4", samples == 3 ? "+cr" : "+cy", original, compressed);
    Path theirs = folder.resolve("theirs.dcm");
    run("dcmdjpeg", samples == 3 ? "+cn" : "+cp", compressed, theirs);

    assertThat(largestDifference(compressed, theirs)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest(name = "dcmcjpeg {0}, {1} bits")
  @CsvSource({"+ee, 12", "+ep, 8", "+ep, 12", "+eb, 8"})
  void subsampledColoursAreInterpolatedAsDcmtkDoes(String process, int bits) throws Exception {
    Path original = write(image(bits, 3));
    Path compressed = folder.resolve("compressed.dcm");
    run("dcmcjpeg", "+un", process, "+s2", "+cy", original, compressed);
    Path theirs = folder.resolve("theirs.dcm");
    run("dcmdjpeg", "+cn", compressed, theirs);

    assertThat(largestDifference(compressed, theirs)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest(name = "dcmcjpeg {0}, predictor {1}, {2} bits, {3} samples")
  @CsvSource({
    "+e1, 1, 8, 1",
    "+e1, 1, 12, 1",
    "+e1, 1, 16, 1",
    "+e1, 1, 16, 3",
    "+el, 2, 12, 1",
    "+el, 4, 8, 3",
    "+el, 5, 16, 3",
    "+el, 6, 12, 3",
    "+el, 7, 16, 1"
  })
  void losslessJpegIsExact(String process, int predictor, int bits, int samples) throws Exception {
    Path original = write(image(bits, samples));
    Path compressed = folder.resolve("compressed.dcm");
    if (process.equals("+el")) {
      run("dcmcjpeg", process, "+sv", predictor, original, compressed);
    } else {
      run("dcmcjpeg", process, original, compressed);
    }

    assertThat(largestDifference(compressed, original)).isZero();
  }

  @ParameterizedTest(name = "dcmcjpls {0}, {1} bits, {2} samples")
  @CsvSource({
    "+el,  8, 1, 0",
    "+el, 12, 1, 0",
    "+el, 16, 1, 0",
    "+el, 8, 3, 0",
    "+en, 8, 1, 2",
    "+en, 12, 1, 2",
    "+en, 8, 3, 2"
  })
  void jpegLsOfDcmtkComesBack(String process, int bits, int samples, int near) throws Exception {
    Path original = write(image(bits, samples));
    Path compressed = folder.resolve("compressed.dcm");
    run("dcmcjpls", "+un", process, original, compressed);
    Path theirs = folder.resolve("theirs.dcm");
    run("dcmdjpls", compressed, theirs);

    assertThat(largestDifference(compressed, theirs)).isZero();
    assertThat(largestDifference(compressed, original)).isLessThanOrEqualTo(near);
  }

  @ParameterizedTest(name = "{0} bits, {1} samples, near {2}")
  @CsvSource({"8, 1, 0", "12, 1, 0", "16, 1, 0", "8, 3, 0", "12, 1, 3", "8, 3, 1"})
  void dcmtkReadsOurJpegLs(int bits, int samples, int near) throws Exception {
    Attributes image = image(bits, samples);
    Path original = write(image);
    Frame frame = PixelDecoder.of(image, UID.ExplicitVRLittleEndian).frame(0);
    int[] values = new int[ROWS * COLUMNS * samples];
    for (int i = 0; i < values.length; i++) {
      values[i] = frame.value(i);
    }
    byte[] encoded =
        JpegLsEncoder.encode(new JpegLsImage(ROWS, COLUMNS, samples, bits, values), near);
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(encoded.length % 2 == 0 ? encoded : Arrays.copyOf(encoded, encoded.length + 1));
    image.setFragments(Tag.PixelData, fragments);
    Path ours = folder.resolve("ours.dcm");
    DicomWriter.write(ours, image, near == 0 ? UID.JPEGLSLossless : UID.JPEGLSNearLossless);
    Path theirs = folder.resolve("theirs.dcm");
    run("dcmdjpls", ours, theirs);

    assertThat(largestDifference(original, theirs)).isLessThanOrEqualTo(near);
  }

  @Test
  void rleOfDcmtkIsExact() throws Exception {
    Path original = write(image(16, 1));
    Path compressed = folder.resolve("compressed.dcm");
    run("dcmcrle", original, compressed);

    assertThat(largestDifference(compressed, original)).isZero();
  }

  /** Smooth shapes with an edge and a little noise. */
  private static Attributes image(int bits, int samples) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + bits + samples);
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    a.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    int allocated = bits > 8 ? 16 : 8;
    a.setInt(Tag.SamplesPerPixel, VR.US, samples);
    a.setString(Tag.PhotometricInterpretation, VR.CS, samples == 1 ? "MONOCHROME2" : "RGB");
    if (samples > 1) {
      a.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    a.setInt(Tag.Rows, VR.US, ROWS);
    a.setInt(Tag.Columns, VR.US, COLUMNS);
    a.setInt(Tag.BitsAllocated, VR.US, allocated);
    a.setInt(Tag.BitsStored, VR.US, bits);
    a.setInt(Tag.HighBit, VR.US, bits - 1);
    a.setInt(Tag.PixelRepresentation, VR.US, 0);
    int max = (1 << bits) - 1;
    ByteBuffer pixels =
        ByteBuffer.allocate(ROWS * COLUMNS * samples * allocated / 8)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        for (int s = 0; s < samples; s++) {
          double wave = 0.5 + 0.4 * Math.sin(x * 0.07 + s) * Math.cos(y * 0.05);
          double value = x > 120 && y > 90 ? wave * 0.4 : wave;
          int stored = (int) Math.min(max, value * max + (x * 31 + y * 17) % 3);
          if (allocated == 8) {
            pixels.put((byte) stored);
          } else {
            pixels.putShort((short) stored);
          }
        }
      }
    }
    a.setBytes(Tag.PixelData, allocated == 8 ? VR.OB : VR.OW, even(pixels.array()));
    return a;
  }

  private static byte[] even(byte[] bytes) {
    return bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
  }

  private Path write(Attributes image) throws Exception {
    Path file = folder.resolve("original.dcm");
    DicomWriter.write(file, image, UID.ExplicitVRLittleEndian);
    return file;
  }

  private static int largestDifference(Path one, Path other) throws Exception {
    Frame a = PixelDecoder.of(DicomReader.of(one).read()).frame(0);
    Frame b = PixelDecoder.of(DicomReader.of(other).read()).frame(0);
    int largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.value(i) - b.value(i)));
    }
    return largest;
  }

  private void run(Object... command) throws Exception {
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
