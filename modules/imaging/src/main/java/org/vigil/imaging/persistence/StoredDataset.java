package org.vigil.imaging.persistence;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomJsonReader;

/** Data sets without bulk data as columns hold them: DICOM JSON (PS3.18 annex F). */
public final class StoredDataset {
  private StoredDataset() {}

  public static String write(Attributes dataset) {
    try {
      return DicomJson.toJson(dataset, (path, length) -> null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #write} has written. */
  public static Attributes read(String json) {
    try {
      return DicomJsonReader.read(
          new StringReader(json),
          (dataset, tag, vr, uri) -> {
            // Nothing was referred to when it was written.
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
