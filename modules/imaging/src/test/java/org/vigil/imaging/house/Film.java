package org.vigil.imaging.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.StoreItem;
import org.vigil.kernel.StudyInstanceUid;

/** A small chest film of an invented patient. */
record Film(Attributes dataset) {
  static Film of(String patientId, String accession, String date, String description) {
    Attributes film = new Attributes();
    film.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.1.1");
    film.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    film.setString(Tag.StudyInstanceUID, VR.UI, Uids.fresh());
    film.setString(Tag.SeriesInstanceUID, VR.UI, Uids.fresh());
    film.setString(Tag.Modality, VR.CS, "DX");
    film.setString(Tag.PatientName, VR.PN, "Invented^Ida");
    film.setString(Tag.PatientID, VR.LO, patientId);
    film.setString(Tag.PatientBirthDate, VR.DA, "19580314");
    film.setString(Tag.AccessionNumber, VR.SH, accession);
    film.setString(Tag.StudyDate, VR.DA, date);
    film.setString(Tag.StudyDescription, VR.LO, description);
    film.setInt(Tag.SamplesPerPixel, VR.US, 1);
    film.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    film.setInt(Tag.Rows, VR.US, 16);
    film.setInt(Tag.Columns, VR.US, 16);
    film.setInt(Tag.BitsAllocated, VR.US, 16);
    film.setInt(Tag.BitsStored, VR.US, 12);
    film.setInt(Tag.HighBit, VR.US, 11);
    film.setInt(Tag.PixelRepresentation, VR.US, 0);
    film.setBytes(Tag.PixelData, VR.OW, new byte[512]);
    return new Film(film);
  }

  /** Another image of the same series. */
  Film another() {
    Attributes other = new Attributes(dataset);
    other.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    return new Film(other);
  }

  StudyInstanceUid study() {
    return StudyInstanceUid.of(dataset.getString(Tag.StudyInstanceUID));
  }

  String instance() {
    return dataset.getString(Tag.SOPInstanceUID);
  }

  StoreItem item() {
    try {
      return StoreItem.of(dataset, UID.ExplicitVRLittleEndian);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
