package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import org.vigil.audit.api.AuditExports;
import org.vigil.audit.api.AuditExports.Format;
import org.vigil.audit.api.AuditTrail.Search;
import org.vigil.kernel.Actor;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.rest.AuditResource.SearchBody;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** The trail as files and as FHIR; every export is itself audited. */
@Path("/audit-export")
@Allowed(Permission.AUDIT_EXPORT)
public class AuditExportResource {
  @Inject private AuditExports exports;
  @Inject private CurrentUser currentUser;

  /** CSV of every event that matches. */
  @POST
  @Path("/csv")
  @Produces("text/csv;charset=UTF-8")
  public Response csv(SearchBody body) {
    return file(Format.CSV, body, "audit.csv");
  }

  /** A FHIR R4 AuditEvent a line. */
  @POST
  @Path("/fhir")
  @Produces("application/fhir+ndjson")
  public Response fhir(SearchBody body) {
    return file(Format.FHIR_NDJSON, body, "audit.ndjson");
  }

  /** A DICOM audit message (PS3.15 A.5) a line. */
  @POST
  @Path("/dicom")
  @Produces("text/plain;charset=UTF-8")
  public Response dicom(SearchBody body) {
    return file(Format.DICOM_XML, body, "audit.xml.txt");
  }

  /** FHIR search by date, agent and count; patients are looked for by {@link #fhir}. */
  @GET
  @Path("/AuditEvent")
  @Produces("application/fhir+json")
  public String search(
      @QueryParam("date") java.util.List<String> dates,
      @QueryParam("agent") String agent,
      @QueryParam("_count") Integer count,
      @QueryParam("after") String after,
      @Context UriInfo uri) {
    String from = null;
    String to = null;
    for (String date : dates) {
      if (date.startsWith("ge")) {
        from = date.substring(2);
      } else if (date.startsWith("lt")) {
        to = date.substring(2);
      } else {
        Require.instant("not " + date, "date");
      }
    }
    Search search = new SearchBody(from, to, null, agent, null, null, null, after, count).search();
    String base = uri.getRequestUriBuilder().replaceQueryParam("after").build().toString();
    return exports.fhirPage(
        search,
        base.contains("?") ? base : base + "?_count=" + search.limit(),
        currentUser.actor());
  }

  /** A quarter's figures. */
  @GET
  @Path("/report")
  @Produces("application/pdf")
  public Response report(@QueryParam("year") int year, @QueryParam("quarter") int quarter) {
    return Response.ok(exports.quarterlyReport(year, quarter, currentUser.actor()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"audit-" + year + "-Q" + quarter + ".pdf\"")
        .build();
  }

  private Response file(Format format, SearchBody body, String name) {
    Search search = Require.present(body, "body").search();
    Actor actor = currentUser.actor();
    StreamingOutput content = out -> exports.export(format, search, actor, out);
    return Response.ok(content)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }
}
