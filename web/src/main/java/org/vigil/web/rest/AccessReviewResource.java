package org.vigil.web.rest;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.identity.api.AccessReviews;
import org.vigil.identity.api.AccessReviews.Line;
import org.vigil.kernel.AuditEvent;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.Permission.Area;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Who holds which role, and who has not used what for 90 days; as JSON or as CSV. */
@Path("/access-review")
@Allowed(Permission.ACCESS_REVIEW)
public class AccessReviewResource {
  @Inject private AccessReviews reviews;
  @Inject private CurrentUser currentUser;
  @Inject private Event<AuditEvent> audit;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, Object> json() {
    return Map.of("generatedAt", Instant.now(), "holders", review("json"));
  }

  @GET
  @Path("/csv")
  @Produces("text/csv")
  public Response csv() {
    String head =
        Stream.concat(
                Stream.of(
                    "user",
                    "name",
                    "kind",
                    "roles",
                    "enabled",
                    "second factor",
                    "last log-in",
                    "unused for 90 days"),
                Arrays.stream(Area.values()).map(area -> "last use: " + area))
            .map(AccessReviewResource::cell)
            .collect(Collectors.joining(","));
    String rows =
        review("csv").stream().map(AccessReviewResource::row).collect(Collectors.joining());
    return Response.ok(head + "\r\n" + rows)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"access-review.csv\"")
        .build();
  }

  private List<Line> review(String format) {
    List<Line> lines = reviews.review(TenantContext.current());
    audit.fire(
        AuditEvent.of(AuditEvent.Action.ACCESS_REVIEWED, currentUser.actor())
            .with(Map.of("format", format, "holders", Integer.toString(lines.size()))));
    return lines;
  }

  private static String row(Line line) {
    return Stream.concat(
                Stream.of(
                    line.userName(),
                    line.displayName(),
                    line.kind(),
                    String.join(" ", line.roles()),
                    line.enabled(),
                    line.secondFactor(),
                    line.lastLoginAt(),
                    line.unused().stream().map(Enum::name).collect(Collectors.joining(" "))),
                Arrays.stream(Area.values()).map(area -> line.lastUse().get(area)))
            .map(AccessReviewResource::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** Quoted (RFC 4180), and never a formula to a spreadsheet. */
  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    String plain = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
    return "\"" + plain.replace("\"", "\"\"") + "\"";
  }
}
