package org.vigil.imaging.deidentify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.deidentify.BurnedInText;
import org.vigil.dicom.deidentify.DeidentificationReport;
import org.vigil.dicom.deidentify.Deidentifier;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.imaging.api.DeidentifiedCopies.Copy;

/** Objects de-identified one after the other as they leave; long values never come into memory. */
final class ZippedCopy implements Copy {
  private final Deidentifier deidentifier;
  private final List<ByteSource> objects;
  private final List<BurnedInText.Region> masks;
  private final int leftOut;

  ZippedCopy(
      Deidentifier deidentifier,
      List<ByteSource> objects,
      List<BurnedInText.Region> masks,
      int leftOut) {
    this.deidentifier = deidentifier;
    this.objects = objects;
    this.masks = masks;
    this.leftOut = leftOut;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    StringBuilder report = new StringBuilder();
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    for (int i = 0; i < objects.size(); i++) {
      String name = String.format(Locale.ROOT, "%06d.dcm", i + 1);
      zip.putNextEntry(new ZipEntry(name));
      report.append(name).append('\n').append(one(objects.get(i), zip).toText());
      zip.closeEntry();
    }
    report.append(String.format(Locale.ROOT, "%d written, %d left out%n", objects.size(), leftOut));
    zip.putNextEntry(new ZipEntry("report.txt"));
    zip.write(report.toString().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.finish();
  }

  private DeidentificationReport one(ByteSource source, OutputStream zip) throws IOException {
    DicomObject object = DicomReader.of(source).leaveBulk(StudyCopies.BULK_FROM).read();
    String syntax = object.transferSyntax();
    // Reports and key objects of the study have no pixels to mask.
    if (!masks.isEmpty() && object.dataset().contains(Tag.PixelData)) {
      BurnedInText.mask(object.dataset(), syntax, masks);
      syntax = UID.ExplicitVRLittleEndian;
    }
    DeidentificationReport report = deidentifier.apply(object.dataset());
    DicomWriter.write(
        zip, DicomWriter.fileMetaInformation(object.dataset(), syntax), object.dataset());
    return report;
  }
}
