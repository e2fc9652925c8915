package org.vigil.dicom.data;

import java.io.IOException;

/**
 * A DICOM object or conversation that cannot go on. The text names the offending tag, offset or
 * transfer syntax and what was expected; it never carries a value of the data set, because values
 * are patient data.
 */
public class DicomException extends IOException {

  private static final long serialVersionUID = 1L;

  private final DicomError error;
  private final int tag;
  private final long offset;

  /** An error that belongs to no element. */
  public DicomException(DicomError error, String text) {
    this(error, text, -1, -1, null);
  }

  /** An error that belongs to no element, with its cause. */
  public DicomException(DicomError error, String text, Throwable cause) {
    this(error, text, -1, -1, cause);
  }

  /** An error of one element. */
  public DicomException(DicomError error, int tag, String text) {
    this(error, text, tag, -1, null);
  }

  /**
   * An error at a place of a stream.
   *
   * @param tag the element being read, or -1
   * @param offset bytes from the start of the stream, or -1
   */
  public DicomException(DicomError error, String text, int tag, long offset, Throwable cause) {
    super(describe(error, text, tag, offset), cause);
    this.error = error;
    this.tag = tag;
    this.offset = offset;
  }

  private static String describe(DicomError error, String text, int tag, long offset) {
    StringBuilder description = new StringBuilder(error.code()).append(": ").append(text);
    if (tag != -1) {
      description.append(", element ").append(Tag.toString(tag));
      String keyword = ElementDictionary.keywordOf(tag);
      if (keyword != null) {
        description.append(' ').append(keyword);
      }
    }
    if (offset >= 0) {
      description.append(", at byte ").append(offset);
    }
    return description.toString();
  }

  /** What went wrong. */
  public DicomError error() {
    return error;
  }

  /** The element concerned, or -1. */
  public int tag() {
    return tag;
  }

  /** Bytes from the start of the stream, or -1 where the error belongs to no place. */
  public long offset() {
    return offset;
  }
}
