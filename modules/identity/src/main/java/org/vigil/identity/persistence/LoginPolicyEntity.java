package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.vigil.kernel.TenantId;

/** What a hospital asks of log-ins: {@code platform.login_policy}. */
@Entity
@Table(name = "login_policy", schema = "platform")
public class LoginPolicyEntity {
  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  @Column(name = "second_factor_required", nullable = false)
  private boolean secondFactorRequired;

  protected LoginPolicyEntity() {}

  public LoginPolicyEntity(TenantId tenant, boolean secondFactorRequired) {
    this.tenantId = tenant.value();
    this.secondFactorRequired = secondFactorRequired;
  }

  public boolean secondFactorRequired() {
    return secondFactorRequired;
  }
}
