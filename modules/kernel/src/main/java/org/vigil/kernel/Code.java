package org.vigil.kernel;

import java.util.Objects;

/**
 * A coded concept (PS3.16 §8; HL7 CWE; FHIR Coding).
 *
 * @param scheme coding scheme designator, e.g. {@code SCT}, {@code DCM}, {@code LN}, {@code UCUM}
 * @param value code value
 * @param meaning code meaning, for people
 */
public record Code(String scheme, String value, String meaning) {
  public static final String SCT = "SCT";
  public static final String DCM = "DCM";
  public static final String LN = "LN";
  public static final String UCUM = "UCUM";

  public Code {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(meaning, "meaning");
  }

  public static Code of(String scheme, String value, String meaning) {
    return new Code(scheme, value, meaning);
  }

  /** The same system as FHIR and HL7 name it, or an OID-free private URI for unknown schemes. */
  public String fhirSystem() {
    return switch (scheme) {
      case SCT -> "http://snomed.info/sct";
      case DCM -> "http://dicom.nema.org/resources/ontology/DCM";
      case LN -> "http://loinc.org";
      case UCUM -> "http://unitsofmeasure.org";
      case "RADLEX" -> "http://radlex.org";
      default -> "urn:vigil:codes:" + scheme;
    };
  }
}
