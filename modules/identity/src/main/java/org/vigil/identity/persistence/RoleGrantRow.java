package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;
import org.vigil.tenancy.api.RoleGrant;

/** A grant of an account: {@code platform.role_grant}. */
@Embeddable
public class RoleGrantRow {
  /** With its limits, as {@link RoleGrant#text}. */
  @Column(name = "role", nullable = false)
  private String text;

  protected RoleGrantRow() {}

  RoleGrantRow(RoleGrant grant) {
    this.text = grant.text();
  }

  RoleGrant toGrant() {
    return RoleGrant.parse(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoleGrantRow row && row.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }
}
