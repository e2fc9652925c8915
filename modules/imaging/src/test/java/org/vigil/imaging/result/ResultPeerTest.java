package org.vigil.imaging.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;

/** Result objects before independent judges: dicom3tools' dciodvfy and dcmtk's dsrdump. */
class ResultPeerTest {
  @TempDir private Path folder;

  @Test
  void dciodvfyFindsNoErrorInTheReport() throws Exception {
    requirePeer("dciodvfy");
    assertThat(errors(run("dciodvfy", report().toString()))).isEmpty();
  }

  @Test
  void dciodvfyFindsNoErrorInTheCapture() throws Exception {
    requirePeer("dciodvfy");
    BufferedImage image = new BufferedImage(512, 512, BufferedImage.TYPE_BYTE_GRAY);
    Path file =
        write(new HeatMapCapture(ResultFixture.content(), ResultFixture.image()).toObject(image));
    assertThat(errors(run("dciodvfy", file.toString()))).isEmpty();
  }

  @Test
  void dsrdumpReadsTheReport() throws Exception {
    requirePeer("dsrdump");
    assertThat(run("dsrdump", "+Pl", report().toString()))
        .contains("Imaging Measurement Report")
        .contains("Pneumothorax")
        .contains("580/140,880/140,880/360,580/360,580/140")
        .contains("Absent");
  }

  private Path report() throws IOException {
    return write(new MeasurementReport(ResultFixture.content(), ResultFixture.image()).toObject());
  }

  private Path write(Attributes object) throws IOException {
    Path file = folder.resolve("result.dcm");
    DicomWriter.write(file, object, UID.ExplicitVRLittleEndian);
    return file;
  }

  private static List<String> errors(String output) {
    return output.lines().filter(l -> l.toLowerCase(Locale.ROOT).contains("error")).toList();
  }

  /** A missing peer is a failure where tests decide about a change, and a skip elsewhere. */
  private static void requirePeer(String program) {
    boolean present =
        List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s is installed", program).isTrue();
    }
    assumeTrue(present, () -> program + " is not installed");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
