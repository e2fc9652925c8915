package org.vigil.dicom.data;

/**
 * What can go wrong with a DICOM object or conversation. The code is stable: callers map it to
 * their own answers, people search for it.
 */
public enum DicomError {
  /** The stream ends inside an element or before its sequence is closed. */
  TRUNCATED("DICOM-0001"),
  /** The bytes are no DICOM data set in the named transfer syntax. */
  MALFORMED("DICOM-0002"),
  /** An element claims more bytes than the item around it has. */
  LENGTH_BEYOND_END("DICOM-0003"),
  /** Sequences are nested deeper than the reader allows. */
  NESTED_TOO_DEEP("DICOM-0004"),
  /** An element that must be held in memory is longer than the reader allows. */
  VALUE_TOO_LONG("DICOM-0005"),
  /** The transfer syntax cannot be read, written or decoded here. */
  TRANSFER_SYNTAX_UNSUPPORTED("DICOM-0006"),
  /** A string has characters that the data set's character set cannot carry. */
  VALUE_NOT_ENCODABLE("DICOM-0007"),
  /** A value is not what its VR or its use requires. */
  VALUE_INVALID("DICOM-0008"),
  /** A required element is missing. */
  ELEMENT_MISSING("DICOM-0009"),
  /** The object carries no pixel data, so there is no image to decode. */
  NO_PIXEL_DATA("DICOM-0020"),
  /** The image pixel module contradicts itself or is not supported. */
  PIXEL_DESCRIPTION_INVALID("DICOM-0021"),
  /** The pixel data is shorter than described, or its codec refuses it. */
  PIXEL_DATA_CORRUPT("DICOM-0022"),
  /** The peer refused the association; see the exception's text for result, source and reason. */
  ASSOCIATION_REJECTED("DICOM-0040"),
  /** The peer aborted the association. */
  ASSOCIATION_ABORTED("DICOM-0041"),
  /** The peer closed the connection without releasing the association. */
  CONNECTION_LOST("DICOM-0042"),
  /** The peer did not answer in time. */
  PEER_TIMEOUT("DICOM-0043"),
  /** The peer broke the upper layer protocol or the DIMSE protocol. */
  PROTOCOL_VIOLATION("DICOM-0044"),
  /** No presentation context was accepted for what is to be sent. */
  NO_PRESENTATION_CONTEXT("DICOM-0045"),
  /** The peer could not be reached. */
  PEER_UNREACHABLE("DICOM-0046");

  private final String code;

  DicomError(String code) {
    this.code = code;
  }

  /** The stable code, for example {@code DICOM-0001}. */
  public String code() {
    return code;
  }
}
