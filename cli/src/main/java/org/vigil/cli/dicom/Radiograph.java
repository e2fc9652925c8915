package org.vigil.cli.dicom;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/**
 * A picture as Digital X-Ray Image for presentation (PS3.3 §A.26): the modules that the IOD
 * requires, and nothing claimed that a picture does not tell.
 */
final class Radiograph {

  /** (0040,0555), required and empty: nothing is known of the acquisition. */
  private static final int ACQUISITION_CONTEXT_SEQUENCE = 0x00400555;

  /** (0018,1508), required and empty. */
  private static final int POSITIONER_TYPE = 0x00181508;

  /** (0054,0222), required and empty. */
  private static final int VIEW_MODIFIER_CODE_SEQUENCE = 0x00540222;

  private final RadiographOptions options;
  private final boolean lossy;

  /**
   * @param options patient, view and the like
   * @param lossy whether the picture was compressed with loss before
   */
  Radiograph(RadiographOptions options, boolean lossy) {
    this.options = options;
    this.lossy = lossy;
  }

  /** The object. */
  Attributes from(BufferedImage image) {
    Attributes dataset = new Attributes(96);
    dataset.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    patientAndStudy(dataset);
    series(dataset);
    image(dataset, image);
    return dataset;
  }

  private void patientAndStudy(Attributes dataset) {
    dataset.setString(Tag.PatientName, options.patientName());
    dataset.setString(Tag.PatientID, options.patientId());
    dataset.setString(Tag.PatientBirthDate, options.birthDate());
    dataset.setString(Tag.PatientSex, options.sex());
    if (!options.age().isEmpty()) {
      dataset.setString(Tag.PatientAge, options.age());
    }
    dataset.setString(Tag.StudyInstanceUID, options.studyUid());
    dataset.setString(Tag.StudyDate, options.studyDate());
    dataset.setString(Tag.StudyTime, "000000");
    dataset.setString(Tag.StudyID, "1");
    dataset.setString(Tag.AccessionNumber, options.accession());
    dataset.setString(Tag.ReferringPhysicianName, "");
  }

  private void series(Attributes dataset) {
    dataset.setString(Tag.Modality, "DX");
    dataset.setString(Tag.SeriesInstanceUID, Uids.fresh());
    dataset.setString(Tag.SeriesNumber, "1");
    dataset.setString(Tag.PresentationIntentType, "FOR PRESENTATION");
    dataset.setString(Tag.Manufacturer, "");
    dataset.setString(Tag.BodyPartExamined, options.bodyPart());
    dataset.setString(Tag.ViewPosition, options.view());
    dataset.setString(Tag.ImageLaterality, "U");
    Attributes view = code(options.view());
    view.setNull(VIEW_MODIFIER_CODE_SEQUENCE, VR.SQ);
    dataset.newSequence(Tag.ViewCodeSequence, 1).add(view);
    Sequence region = dataset.newSequence(Tag.AnatomicRegionSequence, 1);
    if (options.bodyPart().equals("CHEST")) {
      region.add(code("CHEST"));
    }
    dataset.setNull(ACQUISITION_CONTEXT_SEQUENCE, VR.SQ);
    dataset.setString(
        Tag.PatientOrientation,
        switch (options.view()) {
          // Directions of the rows and of the columns (PS3.3 §C.7.6.1.1.1).
          case "PA", "AP" -> new String[] {"L", "F"};
          case "LL" -> new String[] {"A", "F"};
          default -> new String[] {"P", "F"};
        });
  }

  /** SNOMED CT codes of CID 4010 (views) and CID 4031 (regions), PS3.16. */
  private static Attributes code(String term) {
    String[] code =
        switch (term) {
          case "PA" -> new String[] {"399348003", "postero-anterior"};
          case "AP" -> new String[] {"399067008", "antero-posterior"};
          case "LL" -> new String[] {"399173006", "left lateral"};
          case "RL" -> new String[] {"399198007", "right lateral"};
          case "CHEST" -> new String[] {"51185008", "Chest"};
          default -> throw new IllegalArgumentException("no code for " + term);
        };
    Attributes item = new Attributes(4);
    item.setString(Tag.CodeValue, code[0]);
    item.setString(Tag.CodingSchemeDesignator, "SCT");
    item.setString(Tag.CodeMeaning, code[1]);
    return item;
  }

  private void image(Attributes dataset, BufferedImage image) {
    dataset.setString(Tag.SOPClassUID, UID.DigitalXRayImageStorageForPresentation);
    dataset.setString(Tag.SOPInstanceUID, Uids.fresh());
    dataset.setString(Tag.InstanceNumber, "1");
    dataset.setString(Tag.ImageType, "DERIVED", "PRIMARY");
    dataset.setString(Tag.ContentDate, options.studyDate());
    dataset.setString(Tag.ContentTime, "000000");
    dataset.setString(Tag.BurnedInAnnotation, "NO");
    dataset.setString(Tag.LossyImageCompression, lossy ? "01" : "00");
    String spacing = String.format(Locale.ROOT, "%.4f", options.pixelSpacing());
    dataset.setString(Tag.ImagerPixelSpacing, spacing, spacing);
    dataset.setString(Tag.DetectorType, "");
    dataset.setString(POSITIONER_TYPE, VR.CS, "");
    boolean deep = image.getSampleModel().getSampleSize(0) > 8;
    int bits = deep ? 16 : 8;
    dataset.setInt(Tag.SamplesPerPixel, 1);
    dataset.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
    dataset.setInt(Tag.Rows, image.getHeight());
    dataset.setInt(Tag.Columns, image.getWidth());
    dataset.setInt(Tag.BitsAllocated, bits);
    dataset.setInt(Tag.BitsStored, bits);
    dataset.setInt(Tag.HighBit, bits - 1);
    dataset.setInt(Tag.PixelRepresentation, 0);
    dataset.setString(Tag.PixelIntensityRelationship, "LOG");
    dataset.setInt(Tag.PixelIntensityRelationshipSign, -1);
    dataset.setString(Tag.RescaleIntercept, "0");
    dataset.setString(Tag.RescaleSlope, "1");
    dataset.setString(Tag.RescaleType, "US");
    dataset.setString(Tag.PresentationLUTShape, "IDENTITY");
    dataset.setString(Tag.WindowCenter, deep ? "32768" : "128");
    dataset.setString(Tag.WindowWidth, deep ? "65536" : "256");
    dataset.setBytes(Tag.PixelData, deep ? VR.OW : VR.OB, deep ? words(image) : bytes(image));
  }

  /** Eight-bit grey values in rows, padded to an even length (PS3.5 §8.1.1). */
  private static byte[] bytes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[(width * height + 1) & ~1];
    boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    Raster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        // A grey raster's samples as they are: getRGB would apply a gamma of the colour space.
        pixels[y * width + x] =
            (byte) (grey ? raster.getSample(x, y, 0) : luminance(image.getRGB(x, y)));
      }
    }
    return pixels;
  }

  /** Sixteen-bit grey values in rows, little-endian; the first band of colour pictures. */
  private static byte[] words(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[width * height * 2];
    Raster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sample = raster.getSample(x, y, 0);
        int at = (y * width + x) * 2;
        pixels[at] = (byte) sample;
        pixels[at + 1] = (byte) (sample >> 8);
      }
    }
    return pixels;
  }

  /** Rec. 601 luma of an sRGB pixel, 0 to 255. */
  private static int luminance(int rgb) {
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }
}
