package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.identity.api.BreakGlass;
import org.vigil.identity.api.BreakGlass.Access;
import org.vigil.identity.api.BreakGlass.Verdict;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Emergency access: taking it, and judging it afterwards. */
@Path("/break-glass")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.BREAK_GLASS_REVIEW)
public class BreakGlassResource {
  @Inject private BreakGlass breakGlass;
  @Inject private CurrentUser currentUser;

  /** Takes wider access at once; the answer says until when. */
  @POST
  @Allowed(Permission.BREAK_GLASS_REQUEST)
  public Response begin(Reason body) {
    Access access =
        breakGlass.begin(
            currentUser.identity().userName(),
            Require.present(Require.present(body, "body").reason(), "reason"),
            currentUser.actor());
    return Response.status(Response.Status.CREATED).entity(AccessBody.of(access)).build();
  }

  /** What lasts for the caller; 204 for nothing. */
  @GET
  @Path("/current")
  @Allowed(Permission.BREAK_GLASS_REQUEST)
  public AccessBody current() {
    return breakGlass.current(currentUser.identity().userName()).map(AccessBody::of).orElse(null);
  }

  @DELETE
  @Path("/current")
  @Allowed(Permission.BREAK_GLASS_REQUEST)
  public void end() {
    breakGlass.end(currentUser.identity().userName(), currentUser.actor());
  }

  @GET
  public Map<String, List<AccessBody>> list(
      @QueryParam("onlyUnreviewed") @DefaultValue("false") boolean onlyUnreviewed) {
    return Map.of(
        "accesses", breakGlass.list(onlyUnreviewed).stream().map(AccessBody::of).toList());
  }

  @POST
  @Path("/{id}/review")
  public AccessBody review(@PathParam("id") String id, Review body) {
    Verdict verdict =
        Require.term(Verdict.class, Require.present(body, "body").verdict(), "verdict");
    return AccessBody.of(
        breakGlass.review(
            Require.uuid(id, "id"),
            Require.present(verdict, "verdict"),
            body.comment(),
            currentUser.actor()));
  }

  /** Why. */
  public record Reason(String reason) {}

  /** What the reviewer thinks: {@code justified} or {@code unjustified}. */
  public record Review(String verdict, String comment) {}

  /** An emergency access. */
  public record AccessBody(
      UUID id,
      String username,
      String reason,
      Instant begunAt,
      Instant endsAt,
      Instant reviewedAt,
      String reviewedBy,
      String verdict,
      String comment) {

    static AccessBody of(Access a) {
      return new AccessBody(
          a.id(),
          a.userName(),
          a.reason(),
          a.begunAt(),
          a.endsAt(),
          a.reviewedAt(),
          a.reviewedBy(),
          Terms.of(a.verdict()),
          a.comment());
    }
  }
}
