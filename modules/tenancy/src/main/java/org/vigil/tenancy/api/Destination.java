package org.vigil.tenancy.api;

import java.util.UUID;

/**
 * A peer of the hospital to which Vigil sends.
 *
 * @param kind protocol
 * @param host host name or address (DICOM, HL7)
 * @param port TCP port (DICOM, HL7)
 * @param aeTitle called AE title (DICOM)
 * @param url base URL (FHIR)
 * @param facility receiving facility, MSH-6 (HL7)
 */
public record Destination(
    UUID id, Kind kind, String host, int port, String aeTitle, String url, String facility) {

  /** Protocols in which results leave. */
  public enum Kind {
    /** C-STORE of SR and secondary capture to the PACS. */
    DICOM,
    /** ORU^R01 over MLLP to the RIS. */
    HL7,
    /** Transaction Bundle to the EHR. */
    FHIR
  }
}
