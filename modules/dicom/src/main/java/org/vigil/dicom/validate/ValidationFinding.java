package org.vigil.dicom.validate;

/**
 * Something wrong with an object; it never holds the value itself.
 *
 * @param severity whether the standard is broken, or something is merely unusual
 * @param path tags from the data set down to the element
 * @param keyword name of the element, empty where it has none
 * @param module the module that asks for it, or "Value" for a value representation's rule
 * @param text what is wrong
 */
public record ValidationFinding(
    Severity severity, String path, String keyword, String module, String text) {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  @Override
  public String toString() {
    return (severity == Severity.ERROR ? "error   " : "warning ")
        + path
        + (keyword.isEmpty() ? "" : " " + keyword)
        + " ["
        + module
        + "] "
        + text;
  }
}
