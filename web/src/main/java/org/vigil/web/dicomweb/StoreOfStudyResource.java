package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;

/**
 * Store objects of one study, those of another being refused: Part 10 objects as {@code
 * multipart/related}, one alone as {@code application/dicom}, or the files of a form.
 */
@Path("/studies/{study}")
@Allowed(Permission.IMAGE_STORE)
public class StoreOfStudyResource {
  @Inject private StoreTransaction transaction;
  @Context private UriInfo uri;
  @Context private HttpHeaders headers;

  /** The answer tells of each object what became of it. */
  @POST
  public Response store(@PathParam("study") String study, InputStream body) throws IOException {
    return transaction.perform(StudyInstanceUid.of(study), headers, uri, body);
  }
}
