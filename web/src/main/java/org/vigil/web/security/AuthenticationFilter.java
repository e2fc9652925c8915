package org.vigil.web.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.OpenIdProviders;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.web.rest.ErrorBody;
import org.vigil.web.rest.JsonMapper;
import org.vigil.web.security.CurrentUser.Identity;

/**
 * Finds out who asks, by bearer token or session cookie, and enters the tenant for the whole
 * request, the streaming of its answer included. What is permitted is decided per resource by
 * {@link PermissionFilter}.
 */
@WebFilter(
    urlPatterns = {"/api/*", "/dicomweb/*"},
    asyncSupported = true)
public class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BEARER = "Bearer ";
  private static final String SESSION = SessionCookie.NAME + "=";

  /** Where one logs in: a cookie of an earlier session does not matter there. */
  private static final List<String> LOG_INS =
      List.of("/api/auth/login", "/api/auth/token", "/api/auth/openid");

  /** Sent by the page with requests that nobody asked for, which keep no session alive. */
  private static final String BACKGROUND = "X-Vigil-Background";

  @Inject private transient Tokens tokens;
  @Inject private transient CurrentUser currentUser;
  @Inject private transient TenantDirectory tenants;
  @Inject private transient TokenProblems problems;
  @Inject private transient OpenIdProviders providers;
  @Inject private transient OpenIdTokens openIdTokens;

  private final transient ObjectMapper json = JsonMapper.create();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<TenantId> tenant;
    try {
      tenant = authenticate(request);
    } catch (VigilException e) {
      LOG.info("Refused {} with {}", request.getMethod(), e.code().id());
      problems.record(e, request.getRemoteAddr());
      response.setStatus(e.code().httpStatus());
      response.setContentType("application/json");
      json.writeValue(response.getOutputStream(), ErrorBody.of(e));
      return;
    }
    if (tenant.isPresent()) {
      try (TenantContext.Scope scope = TenantContext.enter(tenant.get())) {
        chain.doFilter(request, response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<TenantId> authenticate(HttpServletRequest request) {
    String token = token(request);
    if (token == null) {
      return Optional.empty();
    }
    Identity identity = identity(token, request);
    for (String named : Collections.list(request.getHeaders("X-Tenant-ID"))) {
      if (!identity.tenant().map(t -> t.value().equals(named)).orElse(false)) {
        throw new TenantForged(identity);
      }
    }
    if (identity.tenant().isPresent()) {
      tenants.require(identity.tenant().get());
    }
    currentUser.is(identity, request.getRemoteAddr());
    return identity.tenant();
  }

  /** Of a token of ours or of a hospital's OpenID provider, by the issuer that it claims. */
  private Identity identity(String token, HttpServletRequest request) {
    Tokens.Claimed claimed = tokens.read(token);
    if (claimed.issuer() != null && !claimed.issuer().equals(Tokens.ISSUER)) {
      Optional<Provider> provider = providers.byIssuer(claimed.issuer(), claimed.audience());
      if (provider.isPresent()) {
        return openIdTokens.verify(
            token, provider.get(), request.getRemoteAddr(), isByPerson(request));
      }
    }
    return tokens.verify(token, request.getRemoteAddr(), isByPerson(request));
  }

  /** The one token of the request; two that differ are refused rather than chosen from. */
  private static String token(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.size() > 1) {
      throw new VigilException(ErrorCode.IDENTITY_0006);
    }
    if (!headers.isEmpty() && headers.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return headers.get(0).substring(BEARER.length()).trim();
    }
    if (isLogin(request)) {
      return null;
    }
    // As sent: of two cookies of one name the container shows one.
    List<String> cookies =
        Collections.list(request.getHeaders("Cookie")).stream()
            .flatMap(header -> Arrays.stream(header.split(";", -1)))
            .map(String::trim)
            .filter(cookie -> cookie.startsWith(SESSION))
            .map(cookie -> cookie.substring(SESSION.length()))
            .filter(value -> !value.isEmpty())
            .distinct()
            .toList();
    if (cookies.size() > 1) {
      throw new VigilException(ErrorCode.IDENTITY_0006);
    }
    if (cookies.isEmpty()) {
      return null;
    }
    if (!SAFE_METHODS.contains(request.getMethod())
        && !"vigil".equals(request.getHeader("X-Requested-With"))) {
      throw new VigilException(ErrorCode.IDENTITY_0004);
    }
    return cookies.get(0);
  }

  private static boolean isByPerson(HttpServletRequest request) {
    return request.getHeader(BACKGROUND) == null
        && !request.getRequestURI().endsWith("/worklist/events")
        && !request.getRequestURI().contains("/dicomweb/ws/");
  }

  private static boolean isLogin(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return LOG_INS.stream().anyMatch(path::startsWith);
  }

  /** A genuine token with another hospital's name beside it. */
  static final class TenantForged extends VigilException {
    private static final long serialVersionUID = 1L;

    private final transient Identity identity;

    TenantForged(Identity identity) {
      super(ErrorCode.TENANCY_0003);
      this.identity = identity;
    }

    Identity identity() {
      return identity;
    }
  }
}
