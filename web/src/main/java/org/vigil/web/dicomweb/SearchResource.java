package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.vigil.dicom.data.Tag;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** Search for studies (QIDO-RS, PS3.18 §10.6). */
@Path("/studies")
@Allowed(Permission.STUDY_VIEW)
public class SearchResource {
  @Inject private DicomWeb dicomWeb;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;
  @Context private HttpHeaders headers;

  /** Studies; keys that are not indexed are refused rather than ignored. */
  @GET
  public Response studies() {
    DatasetFormat format = DatasetFormat.ofMany(headers, uri);
    SearchQuery query = SearchQuery.of(uri);
    Search search = query.search(access.only(Permission.STUDY_VIEW).orElse(null));
    String base = Base.of(uri);
    SearchMatches found =
        reads.always(
            Action.STUDIES_SEARCHED,
            () -> dicomWeb.searchStudies(search, base),
            (event, matches) ->
                event.about(null, search.keys().getString(Tag.PatientID)).with(query.facts()));
    return DatasetBody.page(format, query, found, base);
  }
}
