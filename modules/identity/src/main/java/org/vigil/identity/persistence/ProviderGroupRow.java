package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;

/** What a group of the provider's means: {@code platform.identity_provider_group}. */
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

  String group() {
    return group;
  }

  String grant() {
    return grant;
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
