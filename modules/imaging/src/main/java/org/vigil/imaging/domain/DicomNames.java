package org.vigil.imaging.domain;

import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;

/** How attributes are named to people. */
public final class DicomNames {
  private DicomNames() {}

  /** {@code (0020,000D) StudyInstanceUID}. */
  public static String attribute(int tag) {
    String keyword = ElementDictionary.keywordOf(tag);
    return keyword == null ? Tag.toString(tag) : Tag.toString(tag) + " " + keyword;
  }
}
