package org.vigil.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;

class DxObjectTest {
  private static final OffsetDateTime NIGHT = OffsetDateTime.parse("2026-11-22T02:17:00+01:00");

  @Test
  void objectTellsWhatItShowsAndThatItIsNoPerson() throws Exception {
    PhantomStudy study = PhantomNight.ofTheStory("st-agnes", NIGHT).study(31);

    Attributes a = study.dicom();

    assertThat(a.getString(Tag.SOPClassUID)).isEqualTo(UID.DigitalXRayImageStorageForPresentation);
    assertThat(a.getString(Tag.Modality)).isEqualTo("DX");
    assertThat(a.getString(Tag.BodyPartExamined)).isEqualTo("CHEST");
    assertThat(a.getString(Tag.ViewPosition)).isEqualTo("PA");
    assertThat(a.getString(Tag.AccessionNumber)).isEqualTo(study.request().accessionNumber());
    assertThat(a.getString(Tag.StudyDate)).isEqualTo("20261122");
    assertThat(a.getString(Tag.TimezoneOffsetFromUTC)).isEqualTo("+0100");
    assertThat(a.getString(Tag.ImageComments)).contains("phantom");
    assertThat(a.getInt(Tag.BitsStored, 0)).isEqualTo(12);
    assertThat(a.getString(Tag.StudyInstanceUID))
        .satisfies(u -> assertThat(Uids.isValid(u)).isTrue());
    byte[] pixels = a.getBytes(Tag.PixelData);
    assertThat(pixels).hasSize(2 * 1024 * 1024);
    short[] drawn = study.draw().pixels();
    for (int i = 0; i < drawn.length; i += 4099) {
      assertThat((pixels[2 * i] & 0xff) | (pixels[2 * i + 1] & 0xff) << 8).isEqualTo(drawn[i]);
    }
  }

  @Test
  void pictureFilesKeepTheirGreyValues(@TempDir Path folder) throws Exception {
    BufferedImage deep = new BufferedImage(5, 3, BufferedImage.TYPE_USHORT_GRAY);
    BufferedImage flat = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage colour = new BufferedImage(5, 3, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        deep.getRaster().setSample(x, y, 0, 13_000 * x + y);
        flat.getRaster().setSample(x, y, 0, 50 * x + y);
        colour.setRGB(x, y, 0x80000000 | (x * 40) << 16 | (x * 40) << 8 | (x * 40));
      }
    }
    GreyImage a = written(deep, folder.resolve("deep.png"));
    GreyImage b = written(flat, folder.resolve("flat.png"));
    GreyImage c = written(colour, folder.resolve("colour.png"));

    assertThat(a.bits()).isEqualTo(16);
    assertThat(a.pixels()[5 + 4] & 0xffff).isEqualTo(52_001);
    assertThat(b.bits()).isEqualTo(8);
    assertThat(b.pixels()[10 + 4] & 0xffff).isEqualTo(202);
    assertThat(c.pixels()[3] & 0xffff).isEqualTo(120);
    assertThat(a.rows()).isEqualTo(3);
    assertThat(a.columns()).isEqualTo(5);
  }

  @Test
  void whatIsNoPictureIsRefusedByName(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("notes.png"), "no picture");

    assertThatThrownBy(() -> FromImage.read(file, 0)).hasMessageContaining("notes.png");
  }

  private static GreyImage written(BufferedImage picture, Path file) throws Exception {
    ImageIO.write(picture, "png", file.toFile());
    return FromImage.read(file, 0.2);
  }
}
