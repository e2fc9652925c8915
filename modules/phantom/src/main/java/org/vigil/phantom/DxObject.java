package org.vigil.phantom;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/**
 * Makes Digital X-Ray Image objects for presentation (PS3.3 A.26): a frontal chest film in one
 * study, one series, one instance. Written to the letter of the IOD; {@code dciodvfy} of
 * dicom3tools finds no error.
 */
public final class DxObject {
  /** Quality Control Subject (0010,0200): whether the subject is a phantom. */
  private static final int QUALITY_CONTROL_SUBJECT = 0x00100200;

  /** Acquisition Context Sequence (0040,0555). */
  private static final int ACQUISITION_CONTEXT_SEQUENCE = 0x00400555;

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

  /**
   * Where a picture comes from, as the object tells it.
   *
   * @param modelName Manufacturer's Model Name (0008,1090)
   * @param comment Image Comments (0020,4000)
   * @param phantom whether the subject is no person: Quality Control Subject (0010,0200)
   * @param view View Position (0018,5101): PA or AP
   */
  public record Origin(String modelName, String comment, boolean phantom, String view) {
    /** What {@link ChestPhantom} draws. */
    public static final Origin PHANTOM =
        new Origin("phantom", "Synthetic phantom drawn by Vigil. Not a person.", true, "PA");

    /** Checks the view. */
    public Origin {
      if (!view.equals("PA") && !view.equals("AP")) {
        throw new IllegalArgumentException("The view must be PA or AP, but is " + view);
      }
    }
  }

  private DxObject() {}

  /** The object of a drawn film. */
  public static Attributes of(PhantomImage film, ImagingRequest request) {
    return of(GreyImage.of(film), request, Origin.PHANTOM);
  }

  /**
   * The object of any picture. Series and instance UIDs follow from the study's, so the same
   * request always makes the same object.
   */
  public static Attributes of(GreyImage image, ImagingRequest request, Origin origin) {
    Attributes a = new Attributes(90);
    a.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    patient(a, request.patient(), origin);
    study(a, request);
    series(a, request);
    equipment(a, origin);
    image(a, request, origin);
    pixels(a, image);
    anatomy(a, origin);
    a.setString(Tag.SOPClassUID, UID.DigitalXRayImageStorageForPresentation);
    a.setString(
        Tag.SOPInstanceUID, Uids.named("vigil-phantom", "instance", request.studyInstanceUid()));
    return a;
  }

  private static void patient(Attributes a, DemoPatient patient, Origin origin) {
    a.setString(Tag.PatientName, patient.dicomName());
    a.setString(Tag.PatientID, patient.id());
    a.setString(Tag.IssuerOfPatientID, patient.issuer());
    if (patient.birthDate() == null) {
      a.setNull(Tag.PatientBirthDate, VR.DA);
    } else {
      a.setString(Tag.PatientBirthDate, patient.birthDate().format(DATE));
    }
    if (patient.sex() == null) {
      a.setNull(Tag.PatientSex, VR.CS);
    } else {
      a.setString(Tag.PatientSex, patient.sex().code());
    }
    a.setString(QUALITY_CONTROL_SUBJECT, VR.CS, origin.phantom() ? "YES" : "NO");
  }

  private static void study(Attributes a, ImagingRequest request) {
    OffsetDateTime t = request.taken();
    a.setString(Tag.StudyInstanceUID, request.studyInstanceUid());
    a.setString(Tag.StudyDate, t.format(DATE));
    a.setString(Tag.StudyTime, t.format(TIME));
    a.setString(Tag.TimezoneOffsetFromUTC, t.format(OFFSET));
    a.setString(Tag.ReferringPhysicianName, request.referringPhysician());
    a.setString(Tag.StudyID, request.orderId());
    a.setString(Tag.AccessionNumber, request.accessionNumber());
    a.setString(Tag.StudyDescription, request.description());
  }

  private static void series(Attributes a, ImagingRequest request) {
    a.setString(Tag.Modality, "DX");
    a.setString(
        Tag.SeriesInstanceUID, Uids.named("vigil-phantom", "series", request.studyInstanceUid()));
    a.setInt(Tag.SeriesNumber, 1);
    a.setString(Tag.SeriesDate, request.taken().format(DATE));
    a.setString(Tag.SeriesTime, request.taken().format(TIME));
    a.setString(Tag.SeriesDescription, "Chest frontal");
    a.setString(Tag.BodyPartExamined, "CHEST");
    a.setString(Tag.PresentationIntentType, "FOR PRESENTATION");
    if (request.orderId() != null) {
      Attributes item = new Attributes(2);
      item.setString(Tag.RequestedProcedureID, request.orderId());
      item.setString(Tag.ScheduledProcedureStepID, request.orderId());
      a.newSequence(Tag.RequestAttributesSequence, 1).add(item);
    }
  }

  private static void equipment(Attributes a, Origin origin) {
    a.setString(Tag.Manufacturer, "Vigil");
    a.setString(Tag.ManufacturerModelName, origin.modelName());
    a.setString(Tag.SoftwareVersions, Uids.IMPLEMENTATION_VERSION_NAME);
  }

  private static void image(Attributes a, ImagingRequest request, Origin origin) {
    a.setInt(Tag.InstanceNumber, 1);
    a.setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "");
    a.setString(Tag.ContentDate, request.taken().format(DATE));
    a.setString(Tag.ContentTime, request.taken().format(TIME));
    a.setString(Tag.AcquisitionDate, request.taken().format(DATE));
    a.setString(Tag.AcquisitionTime, request.taken().format(TIME));
    a.setString(Tag.ImageComments, origin.comment());
    a.setString(Tag.PatientOrientation, "L", "F");
    a.setString(Tag.LossyImageCompression, "00");
    a.setString(Tag.BurnedInAnnotation, "NO");
    // White bone: more stored value is less X-ray intensity.
    a.setString(Tag.PixelIntensityRelationship, "LOG");
    a.setInt(Tag.PixelIntensityRelationshipSign, VR.SS, -1);
    a.setString(Tag.RescaleIntercept, "0");
    a.setString(Tag.RescaleSlope, "1");
    a.setString(Tag.RescaleType, "US");
    a.setString(Tag.PresentationLUTShape, "IDENTITY");
    a.setNull(ACQUISITION_CONTEXT_SEQUENCE, VR.SQ);
    a.setNull(Tag.DetectorType, VR.CS);
  }

  private static void pixels(Attributes a, GreyImage image) {
    int top = (1 << image.bits()) - 1;
    boolean bytes = image.bits() <= 8;
    a.setInt(Tag.SamplesPerPixel, 1);
    a.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
    a.setInt(Tag.Rows, image.rows());
    a.setInt(Tag.Columns, image.columns());
    a.setInt(Tag.BitsAllocated, bytes ? 8 : 16);
    a.setInt(Tag.BitsStored, image.bits());
    a.setInt(Tag.HighBit, image.bits() - 1);
    a.setInt(Tag.PixelRepresentation, 0);
    String spacing = String.format(Locale.ROOT, "%.6f", image.spacingMm()).replaceAll("0+$", "");
    a.setString(Tag.ImagerPixelSpacing, spacing, spacing);
    a.setString(Tag.PixelSpacing, spacing, spacing);
    a.setString(Tag.WindowCenter, String.format(Locale.ROOT, "%.1f", (top + 1) / 2.0));
    a.setString(Tag.WindowWidth, Integer.toString(top + 1));
    short[] p = image.pixels();
    byte[] out = new byte[bytes ? p.length : p.length * 2];
    for (int i = 0; i < p.length; i++) {
      if (bytes) {
        out[i] = (byte) p[i];
      } else {
        out[2 * i] = (byte) p[i];
        out[2 * i + 1] = (byte) (p[i] >>> 8);
      }
    }
    a.setBytes(Tag.PixelData, bytes ? VR.OB : VR.OW, out);
  }

  private static void anatomy(Attributes a, Origin origin) {
    a.setString(Tag.ImageLaterality, "U");
    a.newSequence(Tag.AnatomicRegionSequence, 1).add(code("51185008", "Chest"));
    a.setString(Tag.ViewPosition, origin.view());
    a.newSequence(Tag.ViewCodeSequence, 1)
        .add(
            origin.view().equals("PA")
                ? code("399348003", "postero-anterior")
                : code("399067008", "antero-posterior"));
    a.setString(Tag.PositionerType, "NONE");
  }

  /** A SNOMED CT code as a code sequence item (PS3.3 §8.8). */
  private static Attributes code(String value, String meaning) {
    Attributes item = new Attributes(3);
    item.setString(Tag.CodeValue, value);
    item.setString(Tag.CodingSchemeDesignator, "SCT");
    item.setString(Tag.CodeMeaning, meaning);
    return item;
  }
}
