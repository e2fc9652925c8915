package org.vigil.imaging.result;

import java.awt.image.BufferedImage;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.ResultContent;

/**
 * Secondary Capture Image (PS3.3 §A.8.1): the image with heat map, boxes and their texts burnt in,
 * for archives and viewers that show nothing else of an AI result.
 */
final class HeatMapCapture {
  private final ResultContent content;
  private final SourceImage image;

  HeatMapCapture(ResultContent content, SourceImage image) {
    this.content = content;
    this.image = image;
  }

  /**
   * The complete object.
   *
   * @param windowed the image as it is looked at
   */
  Attributes toObject(BufferedImage windowed) {
    BufferedImage picture = new HeatMapOverlay(content).draw(windowed);
    Attributes object = image.newObject();
    new ResultSeries(content, image).describe(object, "OT", ResultSeries.HEAT_MAP);
    object.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    object.setString(Tag.ConversionType, VR.CS, "WSD");
    object.setString(Tag.ImageType, VR.CS, "DERIVED", "SECONDARY");
    object.setString(Tag.ImageComments, VR.LT, "AI result. " + ResultSeries.disclaimer(content));
    object.setString(
        Tag.DerivationDescription,
        VR.ST,
        "Heat map and boxes of model " + content.modelName() + " " + content.modelVersion());
    object.setString(Tag.BurnedInAnnotation, VR.CS, "YES");
    object.setString(Tag.PatientOrientation, VR.CS, image.patientOrientation());
    // Type 2C: empty, since the picture shows whatever side its image shows.
    object.setNull(Tag.Laterality, VR.CS);
    addSource(object);
    addPixels(object, picture);
    return object;
  }

  /** The image it derives from (PS3.3 §C.7.6.1). */
  private void addSource(Attributes object) {
    Attributes source = image.reference();
    if (image.numberOfFrames() > 1) {
      source.setInt(Tag.ReferencedFrameNumber, VR.IS, content.frameNumber());
    }
    source
        .newSequence(Tag.PurposeOfReferenceCodeSequence, 1)
        .add(ContentItem.coded(Concepts.SOURCE_IMAGE));
    object.newSequence(Tag.SourceImageSequence, 1).add(source);
  }

  private static void addPixels(Attributes object, BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    object.setInt(Tag.SamplesPerPixel, VR.US, 3);
    object.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    object.setInt(Tag.PlanarConfiguration, VR.US, 0);
    object.setInt(Tag.Rows, VR.US, height);
    object.setInt(Tag.Columns, VR.US, width);
    object.setInt(Tag.BitsAllocated, VR.US, 8);
    object.setInt(Tag.BitsStored, VR.US, 8);
    object.setInt(Tag.HighBit, VR.US, 7);
    object.setInt(Tag.PixelRepresentation, VR.US, 0);
    byte[] bytes = new byte[width * height * 3];
    int[] pixels = HeatMapOverlay.pixels(picture);
    for (int i = 0; i < pixels.length; i++) {
      bytes[i * 3] = (byte) (pixels[i] >> 16);
      bytes[i * 3 + 1] = (byte) (pixels[i] >> 8);
      bytes[i * 3 + 2] = (byte) pixels[i];
    }
    object.setBytes(Tag.PixelData, VR.OB, bytes);
  }
}
