package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.ObjectSearch;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** Search for series of all studies (QIDO-RS, PS3.18 §10.6). */
@Path("/series")
@Produces({"application/dicom+json", "application/json"})
@Allowed(Permission.IMAGE_VIEW)
public class SearchSeriesResource {
  @Inject private DicomWeb dicomWeb;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;

  @GET
  public byte[] series() {
    SearchKeys keys = SearchKeys.ofSeries(uri);
    ObjectSearch search = keys.objects(access.only(Permission.IMAGE_VIEW).orElse(null));
    String base = Base.of(uri);
    return reads.always(
        Action.STUDIES_SEARCHED,
        () -> dicomWeb.searchSeries(search, base),
        (event, found) -> event.about(null, search.studies().patientId()).with(keys.facts()));
  }
}
