package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.vigil.tenancy.api.Permission;

/** When somebody last used a permission of an area: {@code platform.permission_use}. */
@Entity
@Table(name = "permission_use", schema = "platform")
public class PermissionUseEntity {
  @EmbeddedId private Key key;

  @Column(name = "last_used_at", nullable = false)
  private Instant lastUsedAt;

  protected PermissionUseEntity() {}

  public Key key() {
    return key;
  }

  public Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** Whose use of what. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "tenant_id", nullable = false)
    private String tenantId;

    @Column(name = "user_name", nullable = false)
    private String userName;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Permission.Area area;

    protected Key() {}

    public Key(String tenantId, String userName, Permission.Area area) {
      this.tenantId = tenantId;
      this.userName = userName;
      this.area = area;
    }

    public String tenantId() {
      return tenantId;
    }

    public String userName() {
      return userName;
    }

    public Permission.Area area() {
      return area;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key k
          && k.tenantId.equals(tenantId)
          && k.userName.equals(userName)
          && k.area == area;
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenantId, userName, area);
    }
  }
}
