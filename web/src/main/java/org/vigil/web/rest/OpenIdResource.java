package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.OpenIdProviders;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.OpenIdLogIn;
import org.vigil.web.security.OpenIdLogIn.Beginning;
import org.vigil.web.security.SessionCookie;
import org.vigil.web.security.Tokens.IssuedToken;

/** Logging in at the hospital's own OpenID provider. */
@Path("/auth/openid")
@Allowed(anonymous = true)
public class OpenIdResource {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdResource.class);
  private static final String BROWSER = "vigil_openid";
  private static final int PATIENCE_SECONDS = 600;

  @Inject private OpenIdProviders providers;
  @Inject private OpenIdLogIn logIn;

  /** Where browsers reach Vigil, if that is not where requests say that they come to. */
  @Inject
  @ConfigProperty(name = "vigil.public-url")
  private Optional<String> publicUrl;

  /** Whether a hospital has a provider, for the page to offer it. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, Boolean> available(@QueryParam("tenant") String tenant) {
    return Map.of(
        "available", providers.find(TenantId.of(Require.present(tenant, "tenant"))).isPresent());
  }

  @GET
  @Path("/start")
  public Response start(@QueryParam("tenant") String tenant, @Context UriInfo uri) {
    Beginning beginning =
        logIn.begin(TenantId.of(Require.present(tenant, "tenant")), redirectUri(uri));
    return Response.seeOther(beginning.provider())
        .cookie(browser(beginning.browser(), PATIENCE_SECONDS))
        .build();
  }

  /** Where the provider sends the browser back to; it goes on to the page either way. */
  @GET
  @Path("/callback")
  public Response callback(
      @QueryParam("state") String state,
      @QueryParam("code") String code,
      @CookieParam(BROWSER) String browser,
      @Context HttpServletRequest request,
      @Context UriInfo uri) {
    String page = redirectUri(uri).replaceFirst("api/auth/openid/callback$", "");
    try {
      IssuedToken token = logIn.complete(state, code, browser, request.getRemoteAddr());
      return Response.seeOther(URI.create(page))
          .cookie(SessionCookie.of(token), browser("", 0))
          .build();
    } catch (VigilException e) {
      LOG.info("A log-in by OpenID was refused with {}", e.code().id());
      return Response.seeOther(URI.create(page + "#/log-in-refused/" + e.code().id()))
          .cookie(browser("", 0))
          .build();
    }
  }

  private String redirectUri(UriInfo uri) {
    return publicUrl
            .map(url -> url.replaceAll("/$", "") + "/api/")
            .orElse(uri.getBaseUri().toString())
        + "auth/openid/callback";
  }

  /** Lax, since the provider's page is what sends the browser back. */
  private static NewCookie browser(String value, int maxAge) {
    return new NewCookie.Builder(BROWSER)
        .value(value)
        .path("/api/auth/openid")
        .maxAge(maxAge)
        .secure(true)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
