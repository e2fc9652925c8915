package org.vigil.imaging.result;

import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;

/** The coded concepts that result objects use, each with its place in PS3.16. */
final class Concepts {
  // TID 1500 and its frame
  static final Code IMAGING_MEASUREMENT_REPORT = dcm("126000", "Imaging Measurement Report");
  static final Code LANGUAGE = dcm("121049", "Language of Content Item and Descendants");
  static final Code ENGLISH = Code.of("RFC5646", "en", "English");
  static final Code PROCEDURE_REPORTED = dcm("121058", "Procedure reported");
  static final Code IMAGE_LIBRARY = dcm("111028", "Image Library");
  static final Code IMAGE_LIBRARY_GROUP = dcm("126200", "Image Library Group");
  static final Code IMAGING_MEASUREMENTS = dcm("126010", "Imaging Measurements");
  static final Code MEASUREMENT_GROUP = dcm("125007", "Measurement Group");
  static final Code QUALITATIVE_EVALUATIONS =
      Code.of("UMLS", "C0034375", "Qualitative Evaluations");

  // TID 1002, 1004: the model as an observer
  static final Code OBSERVER_TYPE = dcm("121005", "Observer Type");
  static final Code DEVICE = dcm("121007", "Device");
  static final Code DEVICE_UID = dcm("121012", "Device Observer UID");
  static final Code DEVICE_NAME = dcm("121013", "Device Observer Name");
  static final Code DEVICE_MANUFACTURER = dcm("121014", "Device Observer Manufacturer");
  static final Code DEVICE_MODEL = dcm("121015", "Device Observer Model Name");
  static final Code DEVICE_SERIAL = dcm("121016", "Device Observer Serial Number");

  // TID 1602: image library entry
  static final Code MODALITY = dcm("121139", "Modality");
  static final Code TARGET_REGION = dcm("123014", "Target Region");
  static final Code CHEST = Code.of(Code.SCT, "51185008", "Chest");
  static final Code BODY_REGION_UNKNOWN = Code.of(Code.SCT, "261665006", "Unknown");
  static final Code STUDY_DATE = dcm("111060", "Study Date");
  static final Code STUDY_TIME = dcm("111061", "Study Time");

  // TID 1410, 1501, 4019
  static final Code TRACKING_IDENTIFIER = dcm("112039", "Tracking Identifier");
  static final Code TRACKING_UID = dcm("112040", "Tracking Unique Identifier");
  static final Code FINDING = dcm("121071", "Finding");
  static final Code ALGORITHM_NAME = dcm("111001", "Algorithm Name");
  static final Code ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
  static final Code ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");
  static final Code IMAGE_REGION = dcm("111030", "Image Region");
  static final Code SOURCE_OF_MEASUREMENT = dcm("121112", "Source of Measurement");
  static final Code CERTAINTY_OF_FINDING = dcm("111012", "Certainty of Finding");
  static final Code PERCENT = Code.of(Code.UCUM, "%", "Percent");
  static final Code COMMENT = dcm("121106", "Comment");

  // Qualitative evaluations: CID 240 and CID 7035
  static final Code PRESENCE = Code.of(Code.SCT, "705057003", "Presence");
  static final Code PRESENT = Code.of(Code.SCT, "52101004", "Present");
  static final Code ABSENT = Code.of(Code.SCT, "2667000", "Absent");
  static final Code PRIORITY = Code.of(Code.SCT, "260870009", "Priority");

  // Purposes of reference: CID 7005 and CID 7202
  static final Code PROCESSING_EQUIPMENT = dcm("109102", "Processing Equipment");
  static final Code SOURCE_IMAGE = dcm("121322", "Source image for image processing operation");

  // CID 100 leaves the codes of procedures to their users
  static final Code CHEST_RADIOGRAPHY = Code.of(Code.SCT, "399208008", "Plain X-ray of chest");
  static final Code IMAGING_PROCEDURE = Code.of(Code.SCT, "363679005", "Imaging procedure");

  private Concepts() {}

  private static Code dcm(String value, String meaning) {
    return Code.of(Code.DCM, value, meaning);
  }

  /** How soon to act, in the words of the American College of Radiology (CID 7035). */
  static Code actionable(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Code.of("RADLEX", "RID49480", "ACR Category 1 Actionable Finding");
      case URGENT -> Code.of("RADLEX", "RID49481", "ACR Category 2 Actionable Finding");
      case ROUTINE -> Code.of("RADLEX", "RID49482", "ACR Category 3 Actionable Finding");
    };
  }

  /** A modality as a concept (CID 29). */
  static Code modality(String modality) {
    String meaning =
        switch (modality) {
          case "DX" -> "Digital Radiography";
          case "CR" -> "Computed Radiography";
          case "CT" -> "Computed Tomography";
          case "MR" -> "Magnetic Resonance";
          case "US" -> "Ultrasound";
          case "MG" -> "Mammography";
          case "XA" -> "X-Ray Angiography";
          case "RF" -> "Radiofluoroscopy";
          case "PT" -> "Positron emission tomography";
          case "NM" -> "Nuclear Medicine";
          default -> "Other Modality";
        };
    return dcm(meaning.startsWith("Other") ? "OT" : modality, meaning);
  }
}
