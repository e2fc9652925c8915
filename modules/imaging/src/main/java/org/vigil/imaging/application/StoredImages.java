package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.FrameRenderer;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.dicom.pixel.Voi;
import org.vigil.imaging.api.Frames;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.imaging.domain.DicomNames;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DamagedFileException;

/**
 * Reads and decodes stored objects of the current tenant. Only the look-up of the place runs in a
 * transaction; decoding, which may take long, does not.
 */
@ApplicationScoped
public class StoredImages implements Frames {
  /** Longer values stay on disk until they are asked for. */
  private static final int BULK_FROM = 16 * 1024;

  private final StoredStudies studies;

  @Inject
  public StoredImages(StoredStudies studies) {
    this.studies = studies;
  }

  /** For the container's proxy. */
  protected StoredImages() {
    this(null);
  }

  /**
   * An object with long values left on disk.
   *
   * @throws VigilException IMAGING-0005 (unknown), IMAGING-0001 (damaged)
   */
  public DicomObject read(SopInstanceUid uid) {
    try {
      return DicomReader.of(studies.source(uid)).leaveBulk(BULK_FROM).read();
    } catch (IOException e) {
      throw explain(e, uid);
    }
  }

  @Override
  public ImageFrame decode(SopInstanceUid uid, int frameNumber) {
    return decode(uid, read(uid), frameNumber);
  }

  /**
   * A frame as it is looked at.
   *
   * @param object read before
   * @param voi window, or null for the image's own
   * @return grey or RGB, as large as the frame
   * @throws VigilException as {@link #decode(SopInstanceUid, int)}
   */
  public BufferedImage render(SopInstanceUid uid, DicomObject object, int frameNumber, Voi voi) {
    PixelDecoder decoder = decoder(uid, object);
    checkFrame(uid, decoder, frameNumber);
    FrameRenderer renderer = FrameRenderer.of(object.dataset(), decoder);
    try {
      return voi == null ? renderer.render(frameNumber - 1) : renderer.render(frameNumber - 1, voi);
    } catch (IOException e) {
      throw explain(e, uid);
    }
  }

  private static ImageFrame decode(SopInstanceUid uid, DicomObject object, int frameNumber) {
    PixelDecoder decoder = decoder(uid, object);
    checkFrame(uid, decoder, frameNumber);
    try {
      Frame frame = decoder.frame(frameNumber - 1);
      return describe(object.dataset(), frame, frameNumber - 1);
    } catch (IOException e) {
      throw explain(e, uid);
    }
  }

  /**
   * A decoder for an object read before.
   *
   * @throws VigilException IMAGING-0008, IMAGING-0009
   */
  public static PixelDecoder decoder(SopInstanceUid uid, DicomObject object) {
    try {
      return PixelDecoder.of(object);
    } catch (IOException e) {
      throw explain(e, uid);
    }
  }

  /** Refuses a frame number out of range with IMAGING-0010. */
  public static void checkFrame(SopInstanceUid uid, PixelDecoder decoder, int frameNumber) {
    if (frameNumber < 1 || frameNumber > decoder.frames()) {
      throw new VigilException(
          ErrorCode.IMAGING_0010,
          Map.of("sopInstance", uid.value(), "frame", frameNumber, "frames", decoder.frames()));
    }
  }

  /** What an error of the toolkit means for a stored object. */
  public static VigilException explain(IOException e, SopInstanceUid uid) {
    if (e instanceof DamagedFileException) {
      return new VigilException(
          ErrorCode.CRYPTO_0002,
          Map.of("sopInstance", uid.value(), "problem", String.valueOf(e.getMessage())),
          e);
    }
    if (!(e instanceof DicomException dicom)) {
      return new VigilException(
          ErrorCode.IMAGING_0005, Map.of("sopInstance", uid.value(), "cause", "unreadable"), e);
    }
    ErrorCode code =
        switch (dicom.error()) {
          case NO_PIXEL_DATA -> ErrorCode.IMAGING_0008;
          case TRANSFER_SYNTAX_UNSUPPORTED, PIXEL_DESCRIPTION_INVALID -> ErrorCode.IMAGING_0009;
          default -> ErrorCode.IMAGING_0001;
        };
    return new VigilException(
        code,
        dicom.tag() == -1
            ? Map.of("sopInstance", uid.value(), "cause", dicom.error())
            : Map.of(
                "sopInstance", uid.value(),
                "cause", dicom.error(),
                "attribute", DicomNames.attribute(dicom.tag())),
        e);
  }

  private static ImageFrame describe(Attributes dataset, Frame frame, int index) {
    int[] samples = new int[frame.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = frame.value(i);
    }
    Attributes transformation =
        functional(dataset, index, Tag.PixelValueTransformationSequence, Tag.RescaleSlope);
    Attributes voi = functional(dataset, index, Tag.FrameVOILUTSequence, Tag.WindowCenter);
    Attributes measures = functional(dataset, index, Tag.PixelMeasuresSequence, Tag.PixelSpacing);
    double[] spacing = measures.getDoubles(Tag.PixelSpacing);
    if (spacing.length < 2) {
      spacing = dataset.getDoubles(Tag.ImagerPixelSpacing);
    }
    boolean spaced = spacing.length >= 2;
    return new ImageFrame(
        frame.rows(),
        frame.columns(),
        frame.samples(),
        frame.bitsStored(),
        frame.isSigned(),
        frame.photometric(),
        samples,
        transformation.getDouble(Tag.RescaleSlope, 1),
        transformation.getDouble(Tag.RescaleIntercept, 0),
        voi.getDouble(Tag.WindowCenter, Double.NaN),
        voi.getDouble(Tag.WindowWidth, Double.NaN),
        spaced ? spacing[0] : Double.NaN,
        spaced ? spacing[1] : Double.NaN);
  }

  /**
   * Where a frame's attribute is stated: in the data set itself or, for enhanced objects, in the
   * frame's functional groups, else in the shared ones (PS3.3 §C.7.6.16).
   */
  private static Attributes functional(Attributes dataset, int index, int macro, int attribute) {
    if (dataset.containsValue(attribute)) {
      return dataset;
    }
    for (Attributes group :
        new Attributes[] {
          dataset.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, index),
          dataset.getNestedDataset(Tag.SharedFunctionalGroupsSequence)
        }) {
      Attributes found = group == null ? null : group.getNestedDataset(macro);
      if (found != null && found.containsValue(attribute)) {
        return found;
      }
    }
    return dataset;
  }
}
