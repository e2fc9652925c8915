package org.vigil.audit.domain;

import java.util.List;

/**
 * What a check of one trail found.
 *
 * @param trail schema: {@code platform} or a tenant's
 * @param seals in the chain
 * @param events rows that agree with their seals
 * @param deleted sealed events whose deletion is proved
 * @param pending rows recorded a moment ago and not sealed yet
 * @param anchors checked, in the database and in files
 * @param wrong how many findings there are; only the first thousand are listed
 */
public record VerificationReport(
    String trail,
    long seals,
    long events,
    long deleted,
    long pending,
    long anchors,
    long wrong,
    List<Finding> findings,
    long millis) {

  public boolean isIntact() {
    return wrong == 0;
  }
}
