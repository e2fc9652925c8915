package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.vigil.tenancy.api.RoleGrant;

/**
 * What a group means: {@code platform.identity_provider_group}, {@code
 * platform.ldap_directory_group}.
 */
@Embeddable
public class ProviderGroupRow {
  @Column(name = "group_name", nullable = false)
  private String group;

  @Column(name = "role", nullable = false)
  private String grant;

  protected ProviderGroupRow() {}

  public ProviderGroupRow(String group, String grant) {
    this.group = group;
    this.grant = grant;
  }

  /** Rows of grants by group. */
  static Set<ProviderGroupRow> rows(Map<String, Set<RoleGrant>> byGroup) {
    return byGroup.entrySet().stream()
        .flatMap(
            group ->
                group.getValue().stream()
                    .map(grant -> new ProviderGroupRow(group.getKey(), grant.text())))
        .collect(Collectors.toSet());
  }

  /** Grants by group. */
  static Map<String, Set<RoleGrant>> grants(Set<ProviderGroupRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.group,
                Collectors.mapping(row -> RoleGrant.parse(row.grant), Collectors.toSet())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProviderGroupRow row
        && row.group.equals(group)
        && row.grant.equals(grant);
  }

  @Override
  public int hashCode() {
    return Objects.hash(group, grant);
  }
}
