package org.vigil.web.security;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Role;

/** Who makes this request; filled by {@link AuthenticationFilter}. */
@RequestScoped
public class CurrentUser {
  private Identity identity;
  private String address;

  void is(Identity who, String fromAddress) {
    this.identity = who;
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

  /** What they may do. */
  public AccessRights rights() {
    return identity().rights();
  }

  /**
   * What a verified token says.
   *
   * @param tenant empty for a platform administrator
   */
  public record Identity(
      Optional<TenantId> tenant, String userName, String displayName, AccessRights rights) {}
}
