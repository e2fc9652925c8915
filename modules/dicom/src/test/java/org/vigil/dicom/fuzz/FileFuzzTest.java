package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.io.DicomXml;
import org.vigil.dicom.pixel.FrameRenderer;
import org.vigil.dicom.pixel.Overlay;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.dicom.validate.DatasetValidator;

/** Whole objects: parsed, validated, written again in every form, rendered. */
class FileFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    try {
      DicomObject object =
          DicomReader.of(new ByteArrayInputStream(input)).maxValueLength(1 << 20).read();
      Attributes dataset = object.dataset();
      DatasetValidator.validate(object);
      attempt(() -> DicomJson.toJson(dataset, (path, length) -> null));
      attempt(() -> DicomXml.toXml(dataset, (path, length) -> null));
      attempt(() -> sameAgain(object));
      int rows = dataset.getInt(Tag.Rows, 0);
      int columns = dataset.getInt(Tag.Columns, 0);
      if (rows <= 64 && columns <= 64) {
        PixelDecoder decoder = PixelDecoder.of(object);
        attempt(() -> Overlay.of(dataset, decoder));
        FrameRenderer.of(dataset, decoder).render(0);
      }
    } catch (IOException e) {
      // Refused.
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      // Strict writers refuse some of what tolerant readers read.
    }
  }

  /** What was written is read as what it was. */
  private static void sameAgain(DicomObject object) throws IOException {
    Attributes dataset = object.dataset();
    String syntax =
        dataset.getFragments(Tag.PixelData) == null
            ? UID.ExplicitVRLittleEndian
            : object.transferSyntax();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, dataset, syntax);
    Attributes back = DicomReader.readDataset(new ByteArrayInputStream(out.toByteArray()), syntax);
    if (back.size() > dataset.size()) {
      throw new AssertionError("more elements were read than written");
    }
  }
}
