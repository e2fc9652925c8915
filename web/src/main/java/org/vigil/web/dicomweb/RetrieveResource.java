package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.Body;
import org.vigil.imaging.api.DicomWeb.Rendering;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.DicomWeb.Target;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/**
 * Retrieve from a study (WADO-RS, PS3.18 §10.4), and search inside it. What is stored never
 * changes, so every answer has an entity tag and may be kept by the browser that fetched it, which
 * asks again before it shows it.
 */
@Path("/studies/{study}")
@Allowed(Permission.IMAGE_VIEW)
public class RetrieveResource {
  private static final String SERIES = "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";

  @Inject private DicomWeb dicomWeb;
  @Inject private CurrentUser user;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @Context private UriInfo uri;
  @Context private Request request;
  @Context private HttpHeaders headers;

  @PathParam("study")
  private String study;

  @GET
  @Path("/metadata")
  public Response studyMetadata() {
    return metadata(target(null, null));
  }

  @GET
  @Path(SERIES + "/metadata")
  public Response seriesMetadata(@PathParam("series") String series) {
    return metadata(target(series, null));
  }

  @GET
  @Path(INSTANCE + "/metadata")
  public Response instanceMetadata(
      @PathParam("series") String series, @PathParam("instance") String instance) {
    return metadata(target(series, instance));
  }

  /** Search for a study's series (QIDO-RS). */
  @GET
  @Path("/series")
  public Response searchSeries() {
    StudyInstanceUid asked = target(null, null).study();
    return searched(asked, (search, base) -> dicomWeb.searchSeries(asked, search, base));
  }

  /** Search for a study's instances (QIDO-RS). */
  @GET
  @Path("/instances")
  public Response searchInstances() {
    return searchInstances(target(null, null));
  }

  /** Search for a series' instances (QIDO-RS). */
  @GET
  @Path(SERIES + "/instances")
  public Response searchInstancesOfSeries(@PathParam("series") String series) {
    return searchInstances(target(series, null));
  }

  private Response searchInstances(Target target) {
    return searched(
        target.study(), (search, base) -> dicomWeb.searchInstances(target, search, base));
  }

  private Response searched(
      StudyInstanceUid asked, BiFunction<Search, String, SearchMatches> searching) {
    DatasetFormat format = DatasetFormat.ofMany(headers, uri);
    SearchQuery query = SearchQuery.ofStudy(uri);
    String base = Base.of(uri);
    SearchMatches found =
        reads.viewed(
            Action.STUDIES_SEARCHED,
            asked.value(),
            () -> searching.apply(query.search(null), base),
            (event, matches) -> reads.about(event, asked));
    return DatasetBody.page(format, query, found, base);
  }

  @GET
  public Response studyObjects() {
    return multipart(dicomWeb.objects(target(null, null), user.actor()));
  }

  @GET
  @Path(SERIES)
  public Response seriesObjects(@PathParam("series") String series) {
    return multipart(dicomWeb.objects(target(series, null), user.actor()));
  }

  /** One object: as a part or, for {@code Accept: application/dicom}, by itself. */
  @GET
  @Path(INSTANCE)
  public Response object(
      @PathParam("series") String series, @PathParam("instance") String instance) {
    List<Body> found = dicomWeb.objects(target(series, instance), user.actor());
    return accept().startsWith("application/dicom") ? single(found.get(0)) : multipart(found);
  }

  /** Frames, 1-based, separated by commas. */
  @GET
  @Path(INSTANCE + "/frames/{frames}")
  public Response frames(
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("frames") String frames) {
    String accept = accept();
    boolean asStored =
        accept.contains("transfer-syntax=*")
            || accept.contains("image/")
            || accept.contains("transfer-syntax=1.2.840.10008.1.2.4")
            || accept.contains("transfer-syntax=\"1.2.840.10008.1.2.4");
    return multipart(
        dicomWeb.frames(target(series, instance), numbers(frames), asStored, user.actor()));
  }

  @GET
  @Path(INSTANCE + "/rendered")
  public Response rendered(
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @QueryParam("window") String window,
      @QueryParam("viewport") String viewport) {
    return render(series, instance, "1", window, viewport);
  }

  @GET
  @Path(INSTANCE + "/frames/{frame}/rendered")
  public Response renderedFrame(
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("frame") String frame,
      @QueryParam("window") String window,
      @QueryParam("viewport") String viewport) {
    return render(series, instance, frame, window, viewport);
  }

  @GET
  @Path(INSTANCE + "/thumbnail")
  public Response thumbnail(
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @QueryParam("viewport") @DefaultValue("200,200") String viewport) {
    return render(series, instance, "1", null, viewport);
  }

  @GET
  @Path(INSTANCE + "/bulkdata/{path:.+}")
  public Response bulkData(
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("path") String path) {
    Body body = dicomWeb.bulkData(target(series, instance), path, user.actor());
    return accept().startsWith("application/octet-stream")
        ? single(body)
        : multipart(List.of(body));
  }

  private Response metadata(Target target) {
    return DatasetFormat.ofMany(headers, uri).isXml()
        ? multipart(dicomWeb.metadataInXml(target, Base.of(uri), user.actor()))
        : single(dicomWeb.metadata(target, Base.of(uri), user.actor()));
  }

  private Response render(
      String series, String instance, String frame, String window, String viewport) {
    String mediaType = accept().contains("image/jpeg") ? "image/jpeg" : "image/png";
    double[] wanted = decimals(window, "window");
    double[] size = decimals(viewport, "viewport");
    int longest = size.length < 2 ? 0 : (int) Math.max(1, Math.max(size[0], size[1]));
    return single(
        dicomWeb.rendered(
            target(series, instance),
            new Rendering(
                numbers(frame).get(0),
                wanted.length < 2 ? null : wanted[0],
                wanted.length < 2 ? null : wanted[1],
                mediaType,
                longest),
            user.actor()));
  }

  /** A body by itself, or the part of it that a Range header asks for (RFC 9110 §14). */
  private Response single(Body body) {
    EntityTag tag = tag(List.of(body));
    ByteRange range =
        ByteRange.of(
            headers.getHeaderString("Range"),
            headers.getHeaderString("If-Range"),
            tag,
            body.length());
    if (range == null || request.evaluatePreconditions(tag) != null) {
      return answer(List.of(body), body.contentType(), body.writer()::writeTo, body.length());
    }
    if (range.isUnsatisfiable()) {
      return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
          .header("Content-Range", "bytes */" + body.length())
          .build();
    }
    StreamingOutput part = out -> body.writer().writeTo(out, range.from(), range.count());
    return Response.status(Response.Status.PARTIAL_CONTENT)
        .entity(part)
        .header(HttpHeaders.CONTENT_TYPE, body.contentType())
        .header(HttpHeaders.CONTENT_LENGTH, range.count())
        .header("Content-Range", range.contentRange(body.length()))
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  private Response multipart(List<Body> bodies) {
    MultipartRelated parts = new MultipartRelated(bodies);
    return answer(bodies, parts.contentType(), parts, -1);
  }

  private Response answer(
      List<Body> bodies, String contentType, StreamingOutput content, long length) {
    EntityTag tag = tag(bodies);
    Response.ResponseBuilder builder = request.evaluatePreconditions(tag);
    if (builder == null) {
      builder = Response.ok(content).header(HttpHeaders.CONTENT_TYPE, contentType);
      if (length >= 0) {
        builder.header(HttpHeaders.CONTENT_LENGTH, length).header("Accept-Ranges", "bytes");
      }
    }
    return builder.tag(tag).header(HttpHeaders.CACHE_CONTROL, "private, no-cache").build();
  }

  private static EntityTag tag(List<Body> bodies) {
    int hash = 17;
    for (Body body : bodies) {
      hash = hash * 31 + body.etag().hashCode();
    }
    return new EntityTag(bodies.get(0).etag().replace("\"", "") + "-" + Integer.toHexString(hash));
  }

  private Target target(String series, String instance) {
    StudyInstanceUid uid = StudyInstanceUid.of(study);
    access.require(Permission.IMAGE_VIEW, uid);
    return new Target(
        uid,
        series == null ? null : SeriesInstanceUid.of(series),
        instance == null ? null : SopInstanceUid.of(instance));
  }

  private String accept() {
    String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
    return accept == null ? "" : accept.toLowerCase(Locale.ROOT).trim();
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      if (!number.matches("[1-9][0-9]{0,8}")) {
        throw malformed("frames");
      }
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }

  private static double[] decimals(String text, String field) {
    if (text == null || text.isEmpty()) {
      return new double[0];
    }
    String[] parts = text.split(",", -1);
    double[] numbers = new double[Math.min(2, parts.length)];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(parts[i]);
      } catch (NumberFormatException e) {
        throw malformed(field);
      }
      if (!Double.isFinite(numbers[i])) {
        throw malformed(field);
      }
    }
    return numbers;
  }

  private static VigilException malformed(String field) {
    return new VigilException(
        ErrorCode.KERNEL_0003, Map.of("field", field, "problem", "is not a list of numbers"));
  }
}
