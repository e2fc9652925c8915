package org.vigil.cli.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.pixel.FloatPixels;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.PixelDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom pixels}. */
@Command(
    name = "pixels",
    mixinStandardHelpOptions = true,
    description = {
      "Decodes all frames and prints one line: rows, columns, frames, type, smallest and largest"
          + " stored value, and the SHA-1 of the stored values (native, little-endian, the samples"
          + " of a pixel side by side).",
      "Exit codes: 0 decoded, 1 no image, or one that cannot be decoded."
    })
final class PixelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A DICOM file.")
  private Path file;

  @Override
  public Integer call() {
    try {
      String line = FloatPixels.of(file).map(PixelsCommand::describe).orElse(null);
      spec.commandLine().getOut().println(line != null ? line : describe(PixelDecoder.of(file)));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getMessage(), e);
    }
  }

  private static String describe(PixelDecoder decoder) throws IOException {
    MessageDigest digest = sha1();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int bits = 8;
    boolean signed = false;
    for (int i = 0; i < decoder.frames(); i++) {
      Frame frame = decoder.frame(i);
      byte[] bytes = frame.toLittleEndian();
      digest.update(bytes);
      bits = bytes.length / frame.size() * 8;
      signed = frame.isSigned();
      for (int at = 0; at < frame.size(); at++) {
        long value = frame.value(at);
        if (!signed && bits == 32) {
          value &= 0xFFFFFFFFL;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return line(
        decoder.description().rows(),
        decoder.description().columns(),
        decoder.frames(),
        (signed ? "int" : "uint") + bits,
        Long.toString(min),
        Long.toString(max),
        digest);
  }

  private static String describe(FloatPixels pixels) {
    MessageDigest digest = sha1();
    digest.update(pixels.littleEndian());
    return line(
        pixels.rows(),
        pixels.columns(),
        pixels.frames(),
        "float" + pixels.bits(),
        Double.toString(pixels.smallest()),
        Double.toString(pixels.largest()),
        digest);
  }

  private static String line(
      int rows, int columns, int frames, String type, String min, String max, MessageDigest sha1) {
    return String.format(
        Locale.ROOT,
        "rows=%d cols=%d frames=%d type=%s min=%s max=%s sha1=%s",
        rows,
        columns,
        frames,
        type,
        min,
        max,
        HexFormat.of().formatHex(sha1.digest()));
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
