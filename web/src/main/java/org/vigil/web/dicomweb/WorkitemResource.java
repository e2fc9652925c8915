package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.imaging.api.Workitems;
import org.vigil.imaging.api.Workitems.Outcome;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.rest.ErrorBody;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** The unified worklist (UPS-RS, PS3.18 §11): workitems. */
@Path("/workitems")
@Allowed(Permission.WORKITEM_CHANGE)
public class WorkitemResource {
  /** How the editions of PS3.18 name a UID in the query of Create and Update. */
  private static final Set<String> UID_NAMES =
      Set.of("workitem", "AffectedSOPInstanceUID", "transaction", "transaction-uid");

  @Inject private Workitems workitems;
  @Inject private CurrentUser user;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;
  @Context private HttpHeaders headers;

  /** Creates a workitem; its UID comes in the query, in the data set, or is made here. */
  @POST
  public Response create(InputStream body) throws IOException {
    access.requireUnlimited(Permission.WORKITEM_CHANGE);
    Attributes workitem = DatasetBody.read(headers, body, true);
    return answered(
        () -> {
          String named = uid();
          String told = workitem.getString(Tag.AffectedSOPInstanceUID);
          String own = workitem.getString(Tag.SOPInstanceUID);
          String uid =
              named != null ? named : told != null ? told : own != null ? own : Uids.fresh();
          workitems.create(uid, workitem, user.actor());
          URI made = URI.create(Base.of(uri) + "/workitems/" + uid);
          return Response.created(made).header(HttpHeaders.CONTENT_LOCATION, made).build();
        });
  }

  @GET
  @Allowed(Permission.WORKITEM_VIEW)
  public Response search() {
    access.requireUnlimited(Permission.WORKITEM_VIEW);
    DatasetFormat format = DatasetFormat.ofMany(headers, uri);
    SearchQuery query = SearchQuery.of(uri);
    SearchMatches found =
        reads.always(
            Action.WORKITEMS_VIEWED,
            () -> workitems.search(query.keys(), query.offset(), query.limit()),
            (event, matches) ->
                event
                    .about(null, query.keys().getString(Tag.PatientID))
                    .with(Map.of("workitems", Integer.toString(matches.page().size()))));
    return DatasetBody.page(format, query, found, Base.of(uri));
  }

  @GET
  @Path("/{workitem}")
  @Allowed(Permission.WORKITEM_VIEW)
  public Response retrieve(@PathParam("workitem") String uid) {
    access.requireUnlimited(Permission.WORKITEM_VIEW);
    return DatasetBody.single(
        DatasetFormat.ofOne(headers, uri),
        reads.always(
            Action.WORKITEMS_VIEWED,
            () -> workitems.retrieve(uid),
            (event, found) ->
                event.about(null, found.getString(Tag.PatientID)).on("workitem/" + uid)));
  }

  /** Changes attributes; the query names the Transaction UID once somebody has claimed it. */
  @POST
  @Path("/{workitem}")
  public Response update(@PathParam("workitem") String uid, InputStream body) throws IOException {
    access.requireUnlimited(Permission.WORKITEM_CHANGE);
    Attributes changes = DatasetBody.read(headers, body, true);
    return answered(
        () -> {
          String named = uid();
          String transaction = named != null ? named : changes.getString(Tag.TransactionUID);
          workitems.update(uid, transaction, changes, user.actor());
          return Response.ok().build();
        });
  }

  /** Claims, completes or cancels it. */
  @PUT
  @Path("/{workitem}/state")
  public Response changeState(@PathParam("workitem") String uid, InputStream body)
      throws IOException {
    access.requireUnlimited(Permission.WORKITEM_CHANGE);
    Attributes wanted = DatasetBody.read(headers, body, true);
    return answered(
        () ->
            ended(
                Response.Status.OK,
                workitems.changeState(
                    uid,
                    wanted.getString(Tag.ProcedureStepState, "").strip(),
                    wanted.getString(Tag.TransactionUID),
                    user.actor())));
  }

  /** Asks for cancellation without having claimed it. */
  @POST
  @Path("/{workitem}/cancelrequest")
  public Response requestCancellation(@PathParam("workitem") String uid, InputStream body)
      throws IOException {
    access.requireUnlimited(Permission.WORKITEM_CHANGE);
    Attributes information = DatasetBody.read(headers, body, false);
    return answered(
        () ->
            ended(
                Response.Status.ACCEPTED,
                workitems.requestCancellation(uid, information, user.actor())));
  }

  /** The UID in the query of Create and Update, with a name or alone; or null. */
  private String uid() {
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      String value = parameter.getValue().get(0);
      if (UID_NAMES.contains(parameter.getKey())) {
        return value;
      }
      if (parameter.getKey().matches("[0-9.]{1,64}") && value.isEmpty()) {
        return parameter.getKey();
      }
    }
    return null;
  }

  private Response ended(Response.Status status, Outcome outcome) {
    Response.ResponseBuilder response = Response.status(status);
    return switch (outcome) {
      case DONE, PERFORMER_TOLD -> response.build();
      case ALREADY_COMPLETED ->
          warned(response, "The UPS is already in the requested state of COMPLETED.").build();
      case ALREADY_CANCELED ->
          warned(response, "The UPS is already in the requested state of CANCELED.").build();
    };
  }

  /** A refusal says in a Warning, too, what is wrong, in the standard's words. */
  private Response answered(Supplier<Response> request) {
    try {
      return request.get();
    } catch (VigilException e) {
      Response.ResponseBuilder response =
          Response.status(e.code().httpStatus()).type("application/json").entity(ErrorBody.of(e));
      String warning = warning(e.code());
      return (warning == null ? response : warned(response, warning)).build();
    }
  }

  private static String warning(ErrorCode code) {
    return switch (code) {
      case IMAGING_0063 -> "The Transaction UID is missing.";
      case IMAGING_0064 -> "The Transaction UID is incorrect.";
      case IMAGING_0065, IMAGING_0066, IMAGING_0067, IMAGING_0068, IMAGING_0070, IMAGING_0072 ->
          "The submitted request is inconsistent with the current state of the Workitem.";
      case IMAGING_0069 -> "The target URI did not reference a claimed Workitem.";
      case IMAGING_0071 -> "The performer cannot be contacted.";
      default -> null;
    };
  }

  private Response.ResponseBuilder warned(Response.ResponseBuilder response, String text) {
    return response.header("Warning", "299 " + Base.of(uri) + ": " + text);
  }
}
