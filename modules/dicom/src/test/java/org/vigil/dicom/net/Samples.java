package org.vigil.dicom.net;

import java.util.Random;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/** Instances to send. */
final class Samples {

  private Samples() {}

  /** A CT slice of random pixels, {@code size} pixels wide and high. */
  static Attributes slice(int size) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, UID.CTImageStorage);
    a.setString(Tag.SOPInstanceUID, Uids.fresh());
    a.setString(Tag.StudyInstanceUID, Uids.fresh());
    a.setString(Tag.SeriesInstanceUID, Uids.fresh());
    a.setString(Tag.Modality, "CT");
    a.setString(Tag.PatientName, "Phantom^One");
    a.setString(Tag.PatientID, "P1");
    a.setInt(Tag.SamplesPerPixel, 1);
    a.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
    a.setInt(Tag.Rows, size);
    a.setInt(Tag.Columns, size);
    a.setInt(Tag.BitsAllocated, 16);
    a.setInt(Tag.BitsStored, 12);
    a.setInt(Tag.HighBit, 11);
    a.setInt(Tag.PixelRepresentation, 0);
    byte[] pixels = new byte[size * size * 2];
    new Random(1).nextBytes(pixels);
    a.setBytes(Tag.PixelData, VR.OW, pixels);
    return a;
  }
}
