package org.vigil.dicom.deidentify;

import org.vigil.dicom.sr.Code;

/**
 * Options of the profile (PS3.15 §E.3), by their codes of DCM (PS3.16 CID 7050). Clean Graphics and
 * Clean Recognizable Visual Features are not offered: nobody here can look at the image.
 */
public enum DeidentificationOption {
  CLEAN_PIXEL_DATA("113101", "Clean Pixel Data Option"),
  CLEAN_STRUCTURED_CONTENT("113104", "Clean Structured Content Option"),
  CLEAN_DESCRIPTORS("113105", "Clean Descriptors Option"),
  RETAIN_FULL_DATES("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
  RETAIN_MODIFIED_DATES("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
  RETAIN_PATIENT_CHARACTERISTICS("113108", "Retain Patient Characteristics Option"),
  RETAIN_DEVICE_IDENTITY("113109", "Retain Device Identity Option"),
  RETAIN_UIDS("113110", "Retain UIDs Option"),
  RETAIN_SAFE_PRIVATE("113111", "Retain Safe Private Option"),
  RETAIN_INSTITUTION_IDENTITY("113112", "Retain Institution Identity Option");

  /** Basic Application Confidentiality Profile. */
  static final Code BASIC_PROFILE =
      Code.of("DCM", "113100", "Basic Application Confidentiality Profile");

  private final Code code;

  DeidentificationOption(String value, String meaning) {
    code = Code.of("DCM", value, meaning);
  }

  public Code code() {
    return code;
  }
}
