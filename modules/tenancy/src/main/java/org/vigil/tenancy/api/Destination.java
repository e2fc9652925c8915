package org.vigil.tenancy.api;

import java.util.UUID;

/**
 * A peer of the hospital to which Vigil sends.
 *
 * @param kind protocol
 * @param host host name or address (DICOM, HL7)
 * @param port TCP port (DICOM, HL7)
 * @param aeTitle called AE title (DICOM); with a URL that of the PACS node that commits, or null
 * @param url base URL (FHIR), or root of the DICOMweb service (DICOM), which needs no host and port
 *     then
 * @param facility receiving facility, MSH-6 (HL7)
 * @param tls how the connection is encrypted, or null for a plain one (DICOM, HL7); a URL says it
 *     itself, so that this tells only whom to trust and what to present
 */
public record Destination(
    UUID id,
    Kind kind,
    String host,
    int port,
    String aeTitle,
    String url,
    String facility,
    Tls tls) {

  /** A destination reached without TLS, or by an https URL that the Java platform trusts. */
  public Destination(
      UUID id, Kind kind, String host, int port, String aeTitle, String url, String facility) {
    this(id, kind, host, port, aeTitle, url, facility, null);
  }

  /**
   * TLS to a peer.
   *
   * @param trusted certificates in PEM, the peer's own or its authority's; null for those that the
   *     Java platform trusts
   * @param clientKey alias of the key to present, in Vigil's key store; null for any
   */
  public record Tls(String trusted, String clientKey) {}

  /** Protocols in which results leave. */
  public enum Kind {
    /** C-STORE or STOW-RS of SR and secondary capture to the PACS. */
    DICOM,
    /** ORU^R01 over MLLP to the RIS. */
    HL7,
    /** Transaction Bundle to the EHR. */
    FHIR
  }
}
