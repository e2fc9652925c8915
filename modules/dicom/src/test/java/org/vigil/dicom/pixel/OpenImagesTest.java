package org.vigil.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.UID;

/**
 * Decodes the open DICOM files beside the checkout and compares with what pydicom and GDCM made of
 * them (first 12 digits of the SHA-1 of the little-endian values, in the index's last column). Runs
 * where the folder is there.
 */
@EnabledIf("imagesAreThere")
class OpenImagesTest {

  private static final Path IMAGES = Path.of("../../../shared/data/dicom");

  /** Lossless or native files on which the other decoder differs, and why. */
  private static final Set<String> OTHERWISE =
      Set.of(
          // Bits 14 and 15 hold overlays, which pydicom leaves in the values (PS3.5 §8.1.2 has them
          // cut off); the lower 12 bits are the same.
          "dcm4che/ovly_p01.dcm",
          // OW with 32-bit cells: the low word comes first in either byte order (PS3.5 annex D).
          // DCMTK and GDCM make the same of it as we do, pydicom takes big-endian 32-bit numbers.
          "pydicom/rtdose_expb.dcm",
          // OW with 8-bit cells: pydicom does not swap the bytes of a word. We find the pixels of
          // the little-endian twin OBXXXX1A_2frame.dcm.
          "pydicom-data/OBXXXX1A_expb_2frame.dcm",
          // OpenJPEG, called directly, finds the same values as we do; GDCM hands on others.
          "pydicom/GDCMJ2K_TextGBR.dcm");

  static boolean imagesAreThere() {
    return Files.isRegularFile(IMAGES.resolve("INDEX.tsv"));
  }

  private static String digest(PixelDecoder decoder) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    for (int i = 0; i < decoder.frames(); i++) {
      digest.update(decoder.frame(i).toLittleEndian());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
  }

  @Test
  void losslessImagesDecodeToTheSameValues() throws Exception {
    List<String> different = new ArrayList<>();
    int same = 0;
    for (String line : Files.readAllLines(IMAGES.resolve("INDEX.tsv"))) {
      String[] cells = line.split("\t", -1);
      int hash = cells[17].indexOf("sha1=");
      if (hash < 0 || OTHERWISE.contains(cells[0])) {
        continue;
      }
      PixelDecoder decoder = decoderOrNull(IMAGES.resolve(cells[0]));
      // Lossy codecs may round differently, see below.
      if (decoder == null || isLossy(decoder.transferSyntax())) {
        continue;
      }
      if (digest(decoder).equals(cells[17].substring(hash + 5, hash + 17))) {
        same++;
      } else {
        different.add(cells[0]);
      }
    }
    assertThat(different).isEmpty();
    assertThat(same).isGreaterThan(100);
  }

  private static PixelDecoder decoderOrNull(Path file) throws IOException {
    try {
      return PixelDecoder.of(file);
    } catch (DicomException e) {
      assertThat(e.getMessage()).startsWith("DICOM-");
      return null;
    }
  }

  private static boolean isLossy(String syntax) {
    return syntax.equals(UID.JPEG2000)
        || syntax.equals(UID.JPEGBaseline8Bit)
        || syntax.equals(UID.JPEGExtended12Bit);
  }
}
