package org.vigil.web.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  @Inject private transient Tokens tokens;
  @Inject private transient CurrentUser currentUser;
  @Inject private transient TenantDirectory tenants;

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
    String header = request.getHeader("Authorization");
    String token = null;
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      token = header.substring(BEARER.length()).trim();
    } else if (!isLogin(request)) {
      token = cookie(request);
      if (token != null
          && !SAFE_METHODS.contains(request.getMethod())
          && !"vigil".equals(request.getHeader("X-Requested-With"))) {
        throw new VigilException(ErrorCode.IDENTITY_0004);
      }
    }
    if (token == null) {
      return Optional.empty();
    }
    Identity identity = tokens.verify(token);
    String named = request.getHeader("X-Tenant-ID");
    if (named != null && !identity.tenant().map(t -> t.value().equals(named)).orElse(false)) {
      throw new VigilException(ErrorCode.TENANCY_0003);
    }
    if (identity.tenant().isPresent() && tenants.find(identity.tenant().get()).isEmpty()) {
      throw new VigilException(
          ErrorCode.TENANCY_0004, Map.of("tenant", identity.tenant().get().value()));
    }
    currentUser.is(identity, request.getRemoteAddr());
    return identity.tenant();
  }

  private static boolean isLogin(HttpServletRequest request) {
    return request.getRequestURI().equals(request.getContextPath() + "/api/auth/login");
  }

  private static String cookie(HttpServletRequest request) {
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(SessionCookie.NAME)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }
}
