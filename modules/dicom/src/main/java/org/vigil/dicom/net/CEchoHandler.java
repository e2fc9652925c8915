package org.vigil.dicom.net;

/** Answers C-ECHO (PS3.7 §9.1.5). */
@FunctionalInterface
public interface CEchoHandler {

  /** The status to answer with; an exception becomes 0x0110. */
  DimseStatus echo(Association association) throws Exception;

  /** Answers success. */
  static CEchoHandler success() {
    return association -> DimseStatus.SUCCESS;
  }
}
