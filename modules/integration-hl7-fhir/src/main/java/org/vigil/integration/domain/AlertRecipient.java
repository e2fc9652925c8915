package org.vigil.integration.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Whom an alert is sent to. */
@Entity
@Table(name = "alert_recipient")
public class AlertRecipient {
  @Id private UUID id;

  @Column(name = "alert_id")
  private UUID alertId;

  @Column(name = "escalation_level")
  private int escalationLevel;

  @Column(name = "provider_id")
  private String providerId;

  @Column(name = "display_name")
  private String displayName;

  protected AlertRecipient() {}

  /**
   * A recipient.
   *
   * @param providerId as the RIS numbers him (ORC-12.1), or null when it did not say
   */
  public AlertRecipient(UUID alertId, int escalationLevel, String providerId, String displayName) {
    this.id = UUID.randomUUID();
    this.alertId = alertId;
    this.escalationLevel = escalationLevel;
    this.providerId = providerId;
    this.displayName = displayName;
  }

  public UUID alertId() {
    return alertId;
  }

  public String providerId() {
    return providerId;
  }

  public String displayName() {
    return displayName;
  }
}
