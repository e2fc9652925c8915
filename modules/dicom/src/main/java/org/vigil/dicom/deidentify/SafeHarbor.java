package org.vigil.dicom.deidentify;

import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** Kinds of identifiers of the HIPAA Safe Harbor method, 45 CFR 164.514(b)(2)(i)(A) to (R). */
public enum SafeHarbor {
  NAMES('A'),
  GEOGRAPHY('B'),
  DATES('C'),
  TELEPHONE('D'),
  EMAIL('F'),
  MEDICAL_RECORD_NUMBER('H'),
  DEVICE('M'),
  URL('N'),
  FACE('Q'),
  OTHER_UNIQUE_IDENTIFIER('R'),
  /** Text in which any of them might stand. */
  FREE_TEXT('-');

  private final char letter;

  SafeHarbor(char letter) {
    this.letter = letter;
  }

  /** Letter of the paragraph, '-' for none. */
  public char letter() {
    return letter;
  }

  static SafeHarbor of(int tag, VR vr) {
    String keyword = ElementDictionary.keywordOf(tag);
    String name = keyword == null ? "" : keyword;
    if (tag == Tag.PatientID || name.contains("PatientID") || name.contains("IssuerOfPatient")) {
      return MEDICAL_RECORD_NUMBER;
    }
    if (vr == VR.PN) {
      return NAMES;
    }
    if (vr == VR.DA || vr == VR.DT || vr == VR.TM || vr == VR.AS) {
      return DATES;
    }
    if (vr == VR.UR || name.contains("URI") || name.contains("URL")) {
      return URL;
    }
    if (name.contains("Telephone") || name.contains("Telecom")) {
      return TELEPHONE;
    }
    if (name.contains("Address") || name.contains("Region") || name.contains("Institution")) {
      return GEOGRAPHY;
    }
    if (name.contains("Station")
        || name.contains("Device")
        || name.contains("Serial")
        || name.contains("Detector")) {
      return DEVICE;
    }
    if (vr == VR.UI || name.endsWith("ID") || name.endsWith("Number") || name.contains("UID")) {
      return OTHER_UNIQUE_IDENTIFIER;
    }
    return FREE_TEXT;
  }
}
