package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.kernel.Priority;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * A hospital's part of the common queue (ADR 0010). So many of its waiting jobs of one urgency
 * stand in the common order; what it has beyond waits behind the others' of the same urgency, but
 * ahead of any of lower urgency.
 */
@ApplicationScoped
public class QueueShare {
  private AnalysisRepository analyses;
  private TenantDirectory tenants;
  private int usual;

  protected QueueShare() {}

  @Inject
  public QueueShare(
      AnalysisRepository analyses,
      TenantDirectory tenants,
      @ConfigProperty(name = "vigil.inference.queue-share", defaultValue = "20") int usual) {
    this.analyses = analyses;
    this.tenants = tenants;
    this.usual = usual;
  }

  /**
   * How far back a new job of the current tenant goes: 0 within its share, 1 up to ten times as
   * many, 2 beyond.
   */
  int stepsBack(Priority priority) {
    return stepsBack(analyses.countWaiting(priority, 10 * share()));
  }

  /** The same with so many waiting. */
  int stepsBack(int waiting) {
    return waiting < share() ? 0 : waiting < 10 * share() ? 1 : 2;
  }

  private int share() {
    return tenants.queueShare(TenantContext.current()).orElse(usual);
  }
}
