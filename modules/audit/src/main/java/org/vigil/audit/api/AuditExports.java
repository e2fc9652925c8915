package org.vigil.audit.api;

import java.io.IOException;
import java.io.OutputStream;
import org.vigil.audit.api.AuditTrail.Search;
import org.vigil.kernel.Actor;

/** Taking the current tenant's trail away as a file; each export is itself an event. */
public interface AuditExports {
  /** Every event that matches, newest first. */
  void export(Format format, Search search, Actor actor, OutputStream out) throws IOException;

  /**
   * One page as a FHIR searchset Bundle.
   *
   * @param base the search's own address without {@code after}, for the links
   */
  String fhirPage(Search search, String base, Actor actor);

  /**
   * A quarter's figures as a PDF.
   *
   * @param quarter 1 to 4
   */
  byte[] quarterlyReport(int year, int quarter, Actor actor);

  /** How a file is written. */
  enum Format {
    /** RFC 4180, UTF-8, safe for spreadsheets. */
    CSV,
    /** A FHIR R4 AuditEvent a line. */
    FHIR_NDJSON,
    /** A DICOM audit message (PS3.15 A.5) a line. */
    DICOM_XML
  }
}
