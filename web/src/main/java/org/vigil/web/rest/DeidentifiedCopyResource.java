package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Set;
import org.vigil.imaging.api.DeidentifiedCopies;
import org.vigil.imaging.api.DeidentifiedCopies.Copy;
import org.vigil.imaging.api.DeidentifiedCopies.Mask;
import org.vigil.imaging.api.DeidentifiedCopies.Wish;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** A study as a ZIP archive that identifies nobody (PS3.15 annex E). */
@Path("/studies/{study}/deidentified-copy")
@Allowed(Permission.IMAGE_DEIDENTIFY)
public class DeidentifiedCopyResource {
  @Inject private DeidentifiedCopies copies;
  @Inject private StudyAccess access;
  @Inject private CurrentUser user;

  @POST
  @Produces("application/zip")
  public Response copy(@PathParam("study") String uid, CopyBody body) {
    StudyInstanceUid study = StudyInstanceUid.of(uid);
    access.require(Permission.IMAGE_DEIDENTIFY, study);
    Copy copy = copies.prepare(Require.present(body, "body").wish(study), user.actor());
    StreamingOutput content = copy::writeTo;
    return Response.ok(content)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"deidentified.zip\"")
        .build();
  }

  /** What is wanted; only the reason is required. */
  public record CopyBody(
      Set<String> options,
      List<Mask> masks,
      boolean pixelsAreClean,
      boolean leaveOutRefused,
      String reason) {

    Wish wish(StudyInstanceUid study) {
      return new Wish(
          study,
          options == null ? Set.of() : options,
          masks == null ? List.of() : masks,
          pixelsAreClean,
          leaveOutRefused,
          reason);
    }
  }
}
