package org.vigil.identity.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/**
 * The LDAP directory of each hospital, and what its groups may do. Whoever is in it logs in with
 * user name and password like a local account ({@link Accounts#authenticate}).
 */
public interface Directories {
  Optional<Directory> find(TenantId tenant);

  /**
   * Sets the hospital's directory, after it has answered a search.
   *
   * @param bindPassword null to keep the one there is
   * @throws org.vigil.kernel.VigilException KERNEL-0003 for settings that cannot be, IDENTITY-0018
   *     where the directory does not answer, is not trusted or refuses
   */
  Directory describe(Directory wanted, char[] bindPassword, Actor actor);

  /**
   * Takes the directory away; accounts of its people stay, and none of them logs in.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0017
   */
  void remove(TenantId tenant, Actor actor);

  /**
   * A directory.
   *
   * @param url {@code ldaps://host:port}; several, separated by spaces, are tried in turn
   * @param bindDn as whom Vigil searches
   * @param trustedCertificates in PEM, of the authorities whose certificates are trusted; null for
   *     the JDK's
   * @param people where people are searched
   * @param groups where groups are searched
   * @param grants by group, upper and lower case alike; a group without any means nothing
   */
  record Directory(
      TenantId tenant,
      String url,
      String bindDn,
      String trustedCertificates,
      People people,
      Groups groups,
      Map<String, Set<RoleGrant>> grants) {}

  /**
   * Where people are.
   *
   * @param filter whom of them may log in (RFC 4515), such as {@code (objectClass=person)}
   * @param userNameAttribute what they type and Vigil knows them by, such as {@code uid} or {@code
   *     sAMAccountName}
   */
  record People(
      String baseDn, String filter, String userNameAttribute, String displayNameAttribute) {}

  /**
   * Where groups are.
   *
   * @param filter with <code>{0}</code> for the user name, <code>{1}</code> for the person's DN,
   *     such as <code>(&amp;(objectClass=groupOfNames)(member={1}))</code>
   * @param nameAttribute such as {@code cn}
   */
  record Groups(String baseDn, String filter, String nameAttribute) {}
}
