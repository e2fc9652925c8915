package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import org.vigil.imaging.api.AllowedCaller;

/** An application entity that may open associations with the current tenant. */
@Entity(name = "AllowedCaller")
@Table(name = "allowed_caller")
public class AllowedCallerEntity {
  private static final String SEPARATOR = ",";

  @Id
  @Column(name = "ae_title", length = 16)
  private String aeTitle;

  @Column(name = "networks", nullable = false)
  private String networks;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  @Column(name = "changed_by", nullable = false)
  private String changedBy;

  /** For Hibernate. */
  protected AllowedCallerEntity() {}

  public AllowedCallerEntity(AllowedCaller caller, String by, Instant at) {
    aeTitle = caller.aeTitle();
    describe(caller, by, at);
  }

  /** Takes a description over. */
  public final void describe(AllowedCaller caller, String by, Instant at) {
    networks = String.join(SEPARATOR, caller.networks());
    changedBy = by;
    changedAt = at;
  }

  public AllowedCaller view() {
    return new AllowedCaller(
        aeTitle,
        Arrays.stream(networks.split(SEPARATOR, -1)).filter(text -> !text.isEmpty()).toList());
  }
}
