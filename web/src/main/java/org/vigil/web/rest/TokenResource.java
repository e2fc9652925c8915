package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.vigil.identity.api.ServiceAccounts;
import org.vigil.identity.api.ServiceAccounts.ServiceView;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.Actor;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.LogIn;
import org.vigil.web.security.Tokens.IssuedToken;

/** The OAuth 2.0 token endpoint: client credentials only (RFC 6749 §4.4). */
@Path("/auth/token")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(anonymous = true)
public class TokenResource {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final String BASIC = "Basic ";

  @Inject private ServiceAccounts services;
  @Inject private LogIn logIn;

  /** Client id and secret by HTTP Basic or in the form; errors in the words of RFC 6749 §5.2. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response token(
      @FormParam("grant_type") String grantType,
      @FormParam("client_id") String formId,
      @FormParam("client_secret") String formSecret,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @Context HttpServletRequest request) {
    if (!"client_credentials".equals(grantType)) {
      return error(400, grantType == null ? "invalid_request" : "unsupported_grant_type");
    }
    String[] basic = basic(authorization);
    String id = basic.length == 2 ? basic[0] : formId;
    String secret = basic.length == 2 ? basic[1] : formSecret;
    if (id == null || secret == null || (basic.length == 2 && formSecret != null)) {
      return error(400, "invalid_request");
    }
    String address = request.getRemoteAddr();
    try {
      ServiceView account = services.authenticate(id, secret.toCharArray(), address);
      IssuedToken token =
          logIn.succeeded(
              new LogIn.Who(account.tenant(), account.clientId(), account.displayName(), true),
              Sessions.Method.CLIENT_CREDENTIALS,
              account.grants(),
              address,
              null,
              LIFE);
      return Response.ok(
              Map.of(
                  "access_token", token.value(),
                  "token_type", "Bearer",
                  "expires_in", LIFE.toSeconds()))
          .header("Pragma", "no-cache")
          .build();
    } catch (VigilException e) {
      logIn.refused(
          null,
          Actor.peer(id.matches("[\\w-]{1,64}") ? id : "unknown", address),
          Sessions.Method.CLIENT_CREDENTIALS,
          e);
      if (e.code().httpStatus() != 401) {
        throw e;
      }
      return error(401, "invalid_client");
    }
  }

  private static String[] basic(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return new String[0];
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(authorization.substring(BASIC.length()).trim()),
              StandardCharsets.UTF_8);
      String[] parts = text.split(":", 2);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = URLDecoder.decode(parts[i], StandardCharsets.UTF_8);
      }
      return parts;
    } catch (IllegalArgumentException e) {
      return new String[0];
    }
  }

  private static Response error(int status, String error) {
    Response.ResponseBuilder answer =
        Response.status(status).entity(Map.of("error", error)).type(MediaType.APPLICATION_JSON);
    return (status == 401
            ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"vigil\"")
            : answer)
        .build();
  }
}
