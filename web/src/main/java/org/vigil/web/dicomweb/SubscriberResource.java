package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.imaging.api.WorkitemSubscriptions;
import org.vigil.imaging.api.WorkitemSubscriptions.Subscriber;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** Subscriptions to workitems (PS3.18 §11.10 to §11.12) and to the worklist. */
@Path("/workitems/{workitem}/subscribers/{aetitle}")
@Allowed(Permission.WORKITEM_VIEW)
public class SubscriberResource {
  @Inject private WorkitemSubscriptions subscriptions;
  @Inject private CurrentUser user;
  @Inject private StudyAccess access;
  @Context private UriInfo uri;

  /** Subscribes; the lock is granted to those who may change workitems. */
  @POST
  public Response subscribe(
      @PathParam("workitem") String uid, @PathParam("aetitle") String aeTitle) {
    boolean filtered = uid.equals(WorkitemSubscriptions.FILTERED_WORKLIST);
    Attributes filter = filtered ? SubscriptionQuery.filter(uri) : null;
    boolean wanted = SubscriptionQuery.deletionLock(uri);
    boolean granted = wanted && user.rights().has(Permission.WORKITEM_CHANGE);
    subscriptions.subscribe(uid, subscriber(aeTitle), filter, granted);
    Response.ResponseBuilder response =
        Response.status(Response.Status.CREATED)
            .header(HttpHeaders.CONTENT_LOCATION, channel(aeTitle));
    if (wanted && !granted) {
      response.header("Warning", "299 " + Base.of(uri) + ": Deletion Lock not granted.");
    }
    return response.build();
  }

  @DELETE
  public Response unsubscribe(
      @PathParam("workitem") String uid, @PathParam("aetitle") String aeTitle) {
    subscriptions.unsubscribe(uid, subscriber(aeTitle));
    return Response.ok().build();
  }

  /** Ends the subscription to workitems to come (PS3.18 §11.12). */
  @POST
  @Path("/suspend")
  public Response suspend(@PathParam("workitem") String uid, @PathParam("aetitle") String aeTitle) {
    if (!uid.equals(WorkitemSubscriptions.WORKLIST)
        && !uid.equals(WorkitemSubscriptions.FILTERED_WORKLIST)) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "workitem", "problem", "is not the worklist"));
    }
    subscriptions.suspend(subscriber(aeTitle));
    return Response.ok().build();
  }

  private Subscriber subscriber(String aeTitle) {
    access.requireUnlimited(Permission.WORKITEM_VIEW);
    return new Subscriber(aeTitle, user.actor(), user.rights().has(Permission.PACS_ADMINISTER));
  }

  private URI channel(String aeTitle) {
    return uri.getBaseUriBuilder()
        .scheme(uri.getBaseUri().getScheme().equals("http") ? "ws" : "wss")
        .path("ws/subscribers/{aetitle}")
        .build(aeTitle.strip());
  }
}
