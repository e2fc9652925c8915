package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** Search for studies (QIDO-RS, PS3.18 §10.6). */
@Path("/studies")
@Produces({"application/dicom+json", "application/json"})
@Allowed(Permission.STUDY_VIEW)
public class SearchResource {
  @Inject private DicomWeb dicomWeb;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;

  /** Studies; keys that are not indexed are refused rather than ignored. */
  @GET
  public byte[] studies() {
    SearchKeys keys = SearchKeys.ofStudies(uri);
    StudySearch search = keys.studies(access.only(Permission.STUDY_VIEW).orElse(null));
    String base = Base.of(uri);
    return reads.always(
        Action.STUDIES_SEARCHED,
        () -> dicomWeb.searchStudies(search, base),
        (event, found) -> event.about(null, search.patientId()).with(keys.facts()));
  }
}
