package org.vigil.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.ExitCode;
import org.vigil.cli.Vigil;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomReader;

class RadiographTest {

  @TempDir private Path directory;

  @Test
  void keepsGreyValuesAndWhatWasSaidOfThePatient() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 7);
    image.getRaster().setSample(1, 0, 0, 128);
    image.getRaster().setSample(2, 0, 0, 255);
    Path picture = directory.resolve("film.png");
    ImageIO.write(image, "png", picture.toFile());
    Path object = directory.resolve("film.dcm");

    int exit =
        Vigil.commandLine()
            .execute(
                "dicom",
                "from-image",
                picture.toString(),
                object.toString(),
                "--patient-id=P7",
                "--age=54",
                "--view=AP");

    assertThat(exit).isEqualTo(ExitCode.OK);
    Attributes dataset = DicomReader.of(object).read().dataset();
    assertThat(dataset.getString(Tag.PatientID)).isEqualTo("P7");
    assertThat(dataset.getString(Tag.PatientAge)).isEqualTo("054Y");
    assertThat(dataset.getString(Tag.ViewPosition)).isEqualTo("AP");
    assertThat(dataset.getInt(Tag.Columns, 0)).isEqualTo(3);
    assertThat(dataset.getBytes(Tag.PixelData)).containsExactly(7, 128, 255, 0);
  }
}
