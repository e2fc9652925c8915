package org.vigil.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.vigil.identity.api.BreakGlass;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.Role;

/** Who makes this request; filled by {@link AuthenticationFilter}. */
@RequestScoped
public class CurrentUser {
  @Inject private BreakGlass breakGlass;

  private Identity identity;
  private AccessRights rights;
  private Boolean emergency;
  private String address;

  void is(Identity who, String fromAddress) {
    this.identity = who;
    this.rights = null;
    this.emergency = null;
    this.address = fromAddress;
  }

  public boolean isKnown() {
    return identity != null;
  }

  /**
   * The verified identity.
   *
   * @throws VigilException IDENTITY-0002 when nobody is logged in
   */
  public Identity identity() {
    if (identity == null) {
      throw new VigilException(ErrorCode.IDENTITY_0002);
    }
    return identity;
  }

  public Actor actor() {
    Identity who = identity();
    return who.rights().roles().stream().anyMatch(Role::isService)
        ? Actor.peer(who.userName(), address)
        : Actor.person(who.userName(), address);
  }

  /** Where the request comes from. */
  public String address() {
    return address;
  }

  /** What they may do; under emergency access without limits of modality and feature. */
  public AccessRights rights() {
    if (rights == null) {
      AccessRights own = identity().rights();
      rights = isUnderBreakGlass() ? own.withoutLimits() : own;
    }
    return rights;
  }

  /** Whether they have taken emergency access, which reaches any patient. */
  public boolean isUnderBreakGlass() {
    if (emergency == null) {
      emergency =
          identity().tenant().isPresent()
              && identity().rights().has(Permission.BREAK_GLASS_REQUEST)
              && breakGlass.current(identity().userName()).isPresent();
    }
    return emergency;
  }

  /**
   * What a verified token says.
   *
   * @param tenant empty for a platform administrator
   * @param session what stands behind the token; null for one that was signed on the server's host
   * @param restricted what must be done before anything else ({@code password}, {@code
   *     second-factor}), or null
   */
  public record Identity(
      Optional<TenantId> tenant,
      String userName,
      String displayName,
      AccessRights rights,
      UUID session,
      String restricted) {}
}
