package org.vigil.analysis.application;

import org.vigil.analysis.domain.SeverityPolicy;

/** Port: what the current tenant calls critical. */
public interface SeverityPolicies {
  SeverityPolicy current();
}
