package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of another project. Where it is not installed, a test that needs it is aborted, but
 * fails in CI: what is not tried there is never tried.
 *
 * @param name of the program
 * @param debianPackage that brings it
 */
record Program(String name, String debianPackage) {
  static final Program ECHOSCU = new Program("echoscu", "dcmtk");
  static final Program STORESCU = new Program("storescu", "dcmtk");
  static final Program STORESCP = new Program("storescp", "dcmtk");
  static final Program SSLSCAN = new Program("sslscan", "sslscan");
  static final Program OPENSSL = new Program("openssl", "openssl");
  static final Program DSRDUMP = new Program("dsrdump", "dcmtk");
  static final Program DCIODVFY = new Program("dciodvfy", "dicom3tools");
  static final Program GDCMDUMP = new Program("gdcmdump", "libgdcm-tools");
  static final Program PYDICOM = new Program("pydicom", "python3-pydicom");
  static final Program FINDSCU = new Program("findscu", "dcmtk");
  static final Program GETSCU = new Program("getscu", "dcmtk");
  static final Program MOVESCU = new Program("movescu", "dcmtk");
  static final Program DCMQRSCP = new Program("dcmqrscp", "dcmtk");
  static final Program STUNNEL = new Program("stunnel", "stunnel4");
  static final Program ORTHANC = new Program("Orthanc", "orthanc");

  private static final int LONGEST_SECONDS = 120;

  /** Fails in CI, aborts elsewhere, when it is not installed. */
  void need() {
    boolean installed = false;
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      installed |= Files.isExecutable(Path.of(folder, name));
    }
    String missing = name + " is missing: install the Debian package " + debianPackage;
    if (!installed && Boolean.parseBoolean(System.getenv("CI"))) {
      fail(missing);
    }
    Assumptions.assumeTrue(installed, missing);
  }

  /** Runs it to its end and gives back what it wrote, standard error included. */
  Result run(String... arguments) {
    need();
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile(name, ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // Without it dcmtk waits 40 ms for each acknowledgement.
      builder.environment().put("TCP_NODELAY", "1");
      Process process = builder.start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        fail(name + " did not end within " + LONGEST_SECONDS + " s");
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      Files.delete(output);
      return new Result(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How a program ended, and what it wrote. */
  record Result(int exitCode, String output) {}
}
