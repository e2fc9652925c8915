package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/**
 * What patients let be done with their data. Patient ids travel in bodies only: addresses are
 * written into logs.
 */
@Path("/consents")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.CONSENT_VIEW)
public class ConsentResource {
  @Inject private Consents consents;
  @Inject private CurrentUser currentUser;

  /** What is on record, of one patient or of all; the look is audited. */
  @POST
  @Path("/query")
  public Map<String, List<ConsentBody>> query(Query body) {
    return Map.of(
        "consents",
        consents
            .query(
                body == null ? null : body.patientId(),
                body == null || body.limit() == null ? 200 : body.limit(),
                currentUser.actor())
            .stream()
            .map(ConsentBody::of)
            .toList());
  }

  /** Notes what a patient said. */
  @PUT
  @Allowed(Permission.CONSENT_CHANGE)
  public Map<String, String> record(Wish body) {
    Require.present(body, "body");
    consents.record(
        new Consents.Wish(
            Require.present(body.patientId(), "patientId"),
            body.issuer(),
            Require.present(Require.term(Consents.Scope.class, body.scope(), "scope"), "scope"),
            Require.present(body.optedOut(), "optedOut"),
            body.reason()),
        currentUser.actor());
    return Map.of("message", "recorded");
  }

  /** Whose. */
  public record Query(String patientId, Integer limit) {}

  /** What a patient wants; {@code scope} is ai_analysis or export. */
  public record Wish(
      String patientId, String issuer, String scope, Boolean optedOut, String reason) {}

  /** What is on record. */
  public record ConsentBody(
      String patientId,
      String issuer,
      String scope,
      boolean optedOut,
      String reason,
      String changedBy,
      Instant changedAt) {

    static ConsentBody of(Consents.Note n) {
      return new ConsentBody(
          n.patientId(),
          n.issuer().isEmpty() ? null : n.issuer(),
          Terms.of(n.scope()),
          n.optedOut(),
          n.reason(),
          n.changedBy(),
          n.changedAt());
    }
  }
}
