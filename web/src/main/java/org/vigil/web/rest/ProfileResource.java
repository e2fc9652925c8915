package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vigil.identity.api.Accounts;
import org.vigil.identity.api.SecondFactors;
import org.vigil.identity.api.SecondFactors.Enrolment;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.SessionCookie;

/** One's own password and second factor. What changes them ends the session. */
@Path("/auth/profile")
@Produces(MediaType.APPLICATION_JSON)
@Allowed
public class ProfileResource {
  @Inject private Accounts accounts;
  @Inject private SecondFactors secondFactors;
  @Inject private Sessions sessions;
  @Inject private CurrentUser currentUser;

  /** What is set up; 404 for somebody without a local account. */
  @GET
  public Profile profile() {
    return accounts.list(tenant()).stream()
        .filter(a -> a.userName().equals(currentUser.identity().userName()))
        .findFirst()
        .map(a -> new Profile(a.secondFactor(), accounts.requiresSecondFactor(a.tenant())))
        .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0010));
  }

  @POST
  @Path("/password")
  public Response changePassword(NewPassword body) {
    char[] present = Require.present(Require.present(body, "body").present(), "present");
    char[] wanted = Require.present(body.wanted(), "wanted");
    try {
      accounts.changePassword(
          tenant(), currentUser.identity().userName(), present, wanted, currentUser.address());
      return Response.noContent().cookie(SessionCookie.ended()).build();
    } finally {
      Arrays.fill(present, '\0');
      Arrays.fill(wanted, '\0');
    }
  }

  /** Begins to set an authenticator app up; nothing changes before it is confirmed. */
  @POST
  @Path("/second-factor")
  public Enrolment enrol() {
    return secondFactors.enrol(tenant(), currentUser.identity().userName());
  }

  /** Confirms with a code; the answer holds the recovery codes, this once. */
  @POST
  @Path("/second-factor/confirm")
  public Response confirm(Code body) {
    List<String> codes =
        secondFactors.confirm(
            tenant(),
            currentUser.identity().userName(),
            Require.present(Require.present(body, "body").code(), "code"),
            currentUser.actor());
    endOwnSession();
    return Response.ok(Map.of("recoveryCodes", codes)).cookie(SessionCookie.ended()).build();
  }

  /** Takes the app away; only whoever can still log in with it and the password may. */
  @DELETE
  @Path("/second-factor")
  public Response remove(Proof body) {
    Require.present(body, "body");
    accounts.authenticate(
        tenant(),
        currentUser.identity().userName(),
        Require.present(body.password(), "password"),
        Require.present(body.code(), "code"),
        currentUser.address());
    secondFactors.remove(tenant(), currentUser.identity().userName(), currentUser.actor());
    endOwnSession();
    return Response.noContent().cookie(SessionCookie.ended()).build();
  }

  private void endOwnSession() {
    if (currentUser.identity().session() != null) {
      sessions.end(currentUser.identity().session(), Sessions.EndReason.PASSWORD_CHANGED);
    }
  }

  private TenantId tenant() {
    return currentUser
        .identity()
        .tenant()
        .orElseThrow(() -> new VigilException(ErrorCode.TENANCY_0002));
  }

  /** What is set up, and what the hospital asks for. */
  public record Profile(boolean secondFactor, boolean secondFactorRequired) {}

  /** The old password and the new. */
  public record NewPassword(char[] present, char[] wanted) {}

  /** A code of the app. */
  public record Code(String code) {}

  /** Password and code. */
  public record Proof(char[] password, String code) {}
}
