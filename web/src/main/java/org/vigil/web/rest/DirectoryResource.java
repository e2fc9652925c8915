package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.identity.api.Directories;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.identity.api.Directories.Groups;
import org.vigil.identity.api.Directories.People;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** The hospital's LDAP directory, and which of its groups have which roles. */
@Path("/directory")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.IDENTITY_PROVIDER_ADMINISTER)
public class DirectoryResource {
  @Inject private Directories directories;
  @Inject private CurrentUser currentUser;

  @GET
  public DirectoryBody directory() {
    return directories
        .find(TenantContext.current())
        .map(DirectoryBody::of)
        .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0017));
  }

  /** Sets the directory, which must answer. */
  @PUT
  public DirectoryBody describe(DirectoryBody body) {
    Require.present(body, "body");
    try {
      return DirectoryBody.of(
          directories.describe(
              new Directory(
                  TenantContext.current(),
                  Require.present(body.url(), "url"),
                  Require.present(body.bindDn(), "bindDn"),
                  body.trustedCertificates(),
                  new People(
                      Require.present(body.peopleBaseDn(), "peopleBaseDn"),
                      or(body.peopleFilter(), "(objectClass=person)"),
                      or(body.userNameAttribute(), "uid"),
                      or(body.displayNameAttribute(), "cn")),
                  new Groups(
                      Require.present(body.groupsBaseDn(), "groupsBaseDn"),
                      or(body.groupsFilter(), "(member={1})"),
                      or(body.groupNameAttribute(), "cn")),
                  IdentityProviderResource.grants(Require.present(body.groups(), "groups"))),
              body.bindPassword(),
              currentUser.actor()));
    } finally {
      if (body.bindPassword() != null) {
        Arrays.fill(body.bindPassword(), '\0');
      }
    }
  }

  @DELETE
  public void remove() {
    directories.remove(TenantContext.current(), currentUser.actor());
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** A directory; its bind password goes in and never comes out. */
  public record DirectoryBody(
      String url,
      String bindDn,
      char[] bindPassword,
      String trustedCertificates,
      String peopleBaseDn,
      String peopleFilter,
      String userNameAttribute,
      String displayNameAttribute,
      String groupsBaseDn,
      String groupsFilter,
      String groupNameAttribute,
      Map<String, List<String>> groups) {

    static DirectoryBody of(Directory d) {
      return new DirectoryBody(
          d.url(),
          d.bindDn(),
          null,
          d.trustedCertificates(),
          d.people().baseDn(),
          d.people().filter(),
          d.people().userNameAttribute(),
          d.people().displayNameAttribute(),
          d.groups().baseDn(),
          d.groups().filter(),
          d.groups().nameAttribute(),
          d.grants().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> RoleGrant.texts(e.getValue()))));
    }
  }
}
