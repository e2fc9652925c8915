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

/** Search for instances of all studies (QIDO-RS, PS3.18 §10.6). */
@Path("/instances")
@Allowed(Permission.IMAGE_VIEW)
public class SearchInstancesResource {
  @Inject private DicomWeb dicomWeb;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;
  @Context private HttpHeaders headers;

  @GET
  public Response instances() {
    DatasetFormat format = DatasetFormat.ofMany(headers, uri);
    SearchQuery query = SearchQuery.of(uri);
    Search search = query.search(access.only(Permission.IMAGE_VIEW).orElse(null));
    String base = Base.of(uri);
    SearchMatches found =
        reads.always(
            Action.STUDIES_SEARCHED,
            () -> dicomWeb.searchInstances(search, base),
            (event, matches) ->
                event.about(null, search.keys().getString(Tag.PatientID)).with(query.facts()));
    return DatasetBody.page(format, query, found, base);
  }
}
