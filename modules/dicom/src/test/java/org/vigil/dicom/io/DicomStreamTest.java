package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

class DicomStreamTest {

  @Test
  void theDataSetIsReadToItsEndAndTheStreamLeftOpen() throws IOException {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
    dataset.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    dataset.setBytes(Tag.PixelData, VR.OB, new byte[100_000]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DicomWriter.write(
        bytes, DicomWriter.fileMetaInformation(dataset, UID.ExplicitVRLittleEndian), dataset);
    Closing in = new Closing(bytes.toByteArray());

    DicomStream stream = DicomReader.openStream(in);

    assertThat(stream.sopInstanceUid()).isEqualTo("1.2.3");
    assertThat(stream.transferSyntaxUid()).isEqualTo(UID.ExplicitVRLittleEndian);
    Attributes read = DicomReader.readDataset(stream.dataset(), stream.transferSyntaxUid());
    assertThat(read.getBytes(Tag.PixelData)).hasSize(100_000);
    assertThat(stream.dataset().read()).isEqualTo(-1);
    assertThat(in.closed).isFalse();
  }

  @Test
  void whatIsNoPart10StreamIsRefused() {
    for (int length : new int[] {0, 131, 132, 4000}) {
      InputStream zeros = new ByteArrayInputStream(new byte[length]);
      assertThatThrownBy(() -> DicomReader.openStream(zeros)).isInstanceOf(DicomException.class);
    }
  }

  private static final class Closing extends ByteArrayInputStream {
    private boolean closed;

    Closing(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
