package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomWriter;

/**
 * What Vigil compresses, read by GDCM and by pydicom, where Debian's python3-pydicom and
 * python3-gdcm are installed; with CI=true their absence is a failure.
 */
@EnabledIf("bothAreThereOrMustBe")
class GdcmAndPydicomTest {
  /** Debian's, which sees Debian's packages. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String READ =
      """
      import gdcm, hashlib, pydicom, sys
      gdcm.Trace.WarningOff()
      def told(values): print(hashlib.sha1(values).hexdigest())
      pixels = pydicom.dcmread(sys.argv[1]).pixel_array
      told(pixels.astype(pixels.dtype.newbyteorder('<')).tobytes())
      reader = gdcm.ImageReader()
      reader.SetFileName(sys.argv[1])
      assert reader.Read()
      image = reader.GetImage()
      if image.GetPlanarConfiguration():
          change = gdcm.ImageChangePlanarConfiguration()
          change.SetInput(image)
          assert change.Change()
          image = change.GetOutput()
      told(image.GetBuffer().encode('utf-8', 'surrogateescape'))
      """;

  @TempDir private Path folder;

  static boolean bothAreThereOrMustBe() throws Exception {
    return "true".equals(System.getenv("CI"))
        || new File(PYTHON).canExecute() && run("import gdcm, numpy, pydicom").status() == 0;
  }

  @ParameterizedTest(name = "{0}: {1} allocated, {2} stored, signed {3}, {4} samples, {5} frames")
  @MethodSource("org.vigil.dicom.pixel.PixelCompressorTest#lossless")
  void bothReadTheSameValues(
      String syntax, int allocated, int stored, int signed, int samples, int frames)
      throws Exception {
    Attributes image = PixelCompressorTest.image(allocated, stored, signed, samples, frames);
    if (samples > 1) {
      image.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    Path file = folder.resolve("compressed.dcm");
    DicomWriter.write(
        file, PixelCompressor.compress(image, UID.ExplicitVRLittleEndian, syntax), syntax);

    Result result = run(READ, file.toString());

    assertThat(result.status()).as(result.output()).isZero();
    String own = sha1(PixelDecoder.of(image, UID.ExplicitVRLittleEndian));
    assertThat(result.output().lines()).as("pydicom, GDCM").containsExactly(own, own);
  }

  private static String sha1(PixelDecoder image) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    for (int i = 0; i < image.frames(); i++) {
      digest.update(image.frame(i).toLittleEndian());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Result run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-c", script));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private record Result(int status, String output) {}
}
