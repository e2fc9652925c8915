package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

class DeflatedDatasetTest {
  private static final int LENGTH = 200_000_000;

  @TempDir private Path folder;

  @Test
  void aLittleThatInflatesToMuchStaysOnDisk() throws IOException {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    image.setInt(Tag.Rows, VR.US, 2);
    image.setBulkData(Tag.PixelData, VR.OW, new BulkData(new Zeros(), 0, LENGTH));
    image.setBytes(Tag.DataSetTrailingPadding, VR.OB, new byte[] {7, 7});
    Path file = folder.resolve("bomb.dcm");
    DicomWriter.write(file, image, UID.DeflatedExplicitVRLittleEndian);
    assertThat(Files.size(file)).isLessThan(LENGTH / 500);

    Attributes read = DicomReader.of(file).leaveBulk(1024).maxValueLength(4096).read().dataset();

    assertThat(read.getInt(Tag.Rows, 0)).isEqualTo(2);
    assertThat(read.getBytes(Tag.DataSetTrailingPadding)).containsExactly(7, 7);
    assertThat(read.getValue(Tag.PixelData))
        .isInstanceOfSatisfying(
            BulkData.class, bulk -> assertThat(bulk.length()).isEqualTo(LENGTH));
  }

  @Test
  void whatStaysOnDiskIsReadFromAnyPlace() throws IOException {
    byte[] pixels = new byte[100_000];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 100);
    }
    Attributes image = new Attributes();
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setBytes(Tag.PixelData, VR.OB, pixels);
    Path file = folder.resolve("image.dcm");
    DicomWriter.write(file, image, UID.DeflatedExplicitVRLittleEndian);

    Attributes read = DicomReader.of(file).leaveBulk(1024).read().dataset();

    assertThat(read.getValue(Tag.PixelData)).isInstanceOf(BulkData.class);
    assertThat(read.getBytes(Tag.PixelData)).isEqualTo(pixels);
    Path again = folder.resolve("again.dcm");
    DicomWriter.write(again, read, UID.ExplicitVRLittleEndian);
    assertThat(DicomReader.of(again).read().dataset().getBytes(Tag.PixelData)).isEqualTo(pixels);
  }

  private record Zeros() implements ByteSource {
    @Override
    public InputStream open(long offset) {
      return new InputStream() {
        @Override
        public int read() {
          return 0;
        }

        @Override
        public int read(byte[] to, int from, int count) {
          Arrays.fill(to, from, from + count, (byte) 0);
          return count;
        }
      };
    }

    @Override
    public long length() {
      return Long.MAX_VALUE;
    }
  }
}
