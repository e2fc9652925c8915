package org.vigil.web.dicomweb;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.vigil.imaging.api.WorkitemSubscriptions;
import org.vigil.imaging.api.WorkitemSubscriptions.Subscriber;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.rest.ErrorBody;
import org.vigil.web.rest.JsonMapper;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.PermissionCheck;
import org.vigil.web.security.StudyAccess;

/**
 * Opens notification connections (PS3.18 §8.10.4): a WebSocket for an AE title, after the same
 * questions as everywhere who asks and whether he may.
 */
@WebServlet(urlPatterns = NotificationServlet.PATH + "/*", asyncSupported = true)
@Allowed(Permission.WORKITEM_VIEW)
public class NotificationServlet extends HttpServlet {
  static final String PATH = "/dicomweb/ws/subscribers";

  private static final long serialVersionUID = 1L;

  @Inject private transient PermissionCheck permissions;
  @Inject private transient CurrentUser user;
  @Inject private transient StudyAccess access;
  @Inject private transient WorkitemSubscriptions subscriptions;
  @Inject private transient Notifications notifications;

  private final transient ObjectMapper json = JsonMapper.create();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      permissions.require(
          NotificationServlet.class.getAnnotation(Allowed.class), "NotificationServlet.open");
      access.requireUnlimited(Permission.WORKITEM_VIEW);
      requireHandshake(request);
      open(request, response);
    } catch (VigilException e) {
      response.setStatus(e.code().httpStatus());
      response.setContentType("application/json");
      json.writeValue(response.getOutputStream(), ErrorBody.of(e));
    }
  }

  private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getPathInfo();
    String aeTitle = path == null ? "" : path.substring(1).strip();
    NotificationConnection connection =
        notifications.admit(TenantContext.current(), aeTitle, user.identity());
    boolean opened = false;
    try {
      subscriptions.follow(new Subscriber(aeTitle, user.actor(), false), connection::sendFirst);
      ServerContainer sockets =
          (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
      sockets.upgradeHttpToWebSocket(request, response, endpoint(connection), Map.of());
      opened = true;
    } catch (DeploymentException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "WebSocket"), e);
    } finally {
      if (!opened) {
        connection.close(CloseCodes.UNEXPECTED_CONDITION, "");
      }
    }
  }

  private static ServerEndpointConfig endpoint(NotificationConnection connection) {
    return ServerEndpointConfig.Builder.create(NotificationConnection.class, PATH)
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast(connection);
              }
            })
        .build();
  }

  /**
   * Browsers let any page open a WebSocket anywhere, and say which page it was.
   *
   * @throws VigilException KERNEL-0003 where none is asked for, IDENTITY-0004 for another's page
   */
  private static void requireHandshake(HttpServletRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "Upgrade", "problem", "is not websocket"));
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !isOwn(origin, request.getHeader("Host"))) {
      throw new VigilException(ErrorCode.IDENTITY_0004);
    }
  }

  private static boolean isOwn(String origin, String host) {
    try {
      return URI.create(origin).getRawAuthority() != null
          && URI.create(origin).getRawAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
