package org.vigil.cli.dicom;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom from-image}: a picture becomes a DX object, to try Vigil with. */
@Command(
    name = "from-image",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a Digital X-Ray Image (for presentation) from a PNG or JPEG picture: grey values are"
          + " kept (8 or 16 bits), colours become luminance.",
      "Exit codes: 0 written, 1 no picture or not writable, 2 wrong option."
    })
final class FromImageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private RadiographOptions options;

  @Parameters(index = "0", paramLabel = "PICTURE", description = "PNG or JPEG.")
  private Path picture;

  @Parameters(index = "1", paramLabel = "OUT.dcm", description = "The DICOM file to write.")
  private Path target;

  @Override
  public Integer call() {
    try {
      BufferedImage image = ImageIO.read(picture.toFile());
      if (image == null) {
        throw new CommandFailure(ExitCode.FAILED, picture + " is no PNG or JPEG picture");
      }
      boolean lossy = picture.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g");
      DicomWriter.write(
          target, new Radiograph(options, lossy).from(image), UID.ExplicitVRLittleEndian);
      spec.commandLine()
          .getOut()
          .println(target + ": " + image.getWidth() + " × " + image.getHeight());
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, picture + " → " + target + ": " + e.getMessage(), e);
    }
  }
}
