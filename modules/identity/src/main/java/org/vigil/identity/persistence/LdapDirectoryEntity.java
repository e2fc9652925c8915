package org.vigil.identity.persistence;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.identity.api.Directories.Groups;
import org.vigil.identity.api.Directories.People;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/** A hospital's LDAP directory: {@code platform.ldap_directory} and its groups. */
@Entity
@Table(name = "ldap_directory", schema = "platform")
public class LdapDirectoryEntity {
  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  @Column(nullable = false)
  private String url;

  @Column(name = "bind_dn", nullable = false)
  private String bindDn;

  /** Sealed; see {@code SealedSecrets}. */
  @Column(name = "bind_password", nullable = false)
  private byte[] bindPassword;

  @Column(name = "trusted_certificates")
  private String trustedCertificates;

  @Column(name = "people_base_dn", nullable = false)
  private String peopleBaseDn;

  @Column(name = "people_filter", nullable = false)
  private String peopleFilter;

  @Column(name = "user_name_attribute", nullable = false)
  private String userNameAttribute;

  @Column(name = "display_name_attribute", nullable = false)
  private String displayNameAttribute;

  @Column(name = "groups_base_dn", nullable = false)
  private String groupsBaseDn;

  @Column(name = "groups_filter", nullable = false)
  private String groupsFilter;

  @Column(name = "group_name_attribute", nullable = false)
  private String groupNameAttribute;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "ldap_directory_group",
      schema = "platform",
      joinColumns = @JoinColumn(name = "tenant_id"))
  private Set<ProviderGroupRow> grants = new HashSet<>();

  protected LdapDirectoryEntity() {}

  public LdapDirectoryEntity(TenantId tenant) {
    this.tenantId = tenant.value();
  }

  /** Describes it anew. */
  public void describe(Directory wanted, byte[] sealedPassword) {
    url = wanted.url();
    bindDn = wanted.bindDn();
    bindPassword = sealedPassword;
    trustedCertificates = wanted.trustedCertificates();
    peopleBaseDn = wanted.people().baseDn();
    peopleFilter = wanted.people().filter();
    userNameAttribute = wanted.people().userNameAttribute();
    displayNameAttribute = wanted.people().displayNameAttribute();
    groupsBaseDn = wanted.groups().baseDn();
    groupsFilter = wanted.groups().filter();
    groupNameAttribute = wanted.groups().nameAttribute();
    Set<ProviderGroupRow> rows = ProviderGroupRow.rows(wanted.grants());
    grants.retainAll(rows);
    grants.addAll(rows);
  }

  public byte[] bindPassword() {
    return bindPassword;
  }

  public Directory toDirectory() {
    Map<String, Set<RoleGrant>> byGroup = ProviderGroupRow.grants(grants);
    return new Directory(
        TenantId.of(tenantId),
        url,
        bindDn,
        trustedCertificates,
        new People(peopleBaseDn, peopleFilter, userNameAttribute, displayNameAttribute),
        new Groups(groupsBaseDn, groupsFilter, groupNameAttribute),
        byGroup);
  }
}
