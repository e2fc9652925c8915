package org.vigil.integration.domain;

import java.time.Instant;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.OrderView;
import org.vigil.imaging.api.StudyView;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantView;

/**
 * All that is needed to send one delivery, read before the network is touched.
 *
 * @param plannedAt when the delivery was planned; stands in what must be equal at each attempt
 * @param order null for DICOM results of a study without order
 * @param notice null unless an alert travels with it
 */
public record Parcel(
    UUID deliveryId,
    Kind kind,
    Instant plannedAt,
    Destination destination,
    TenantView tenant,
    AnalysisView analysis,
    OrderView order,
    StudyView study,
    Notice notice) {

  /**
   * An alert as it stands now.
   *
   * @param recipientId the ordering provider as the RIS numbers him, or null
   * @param sentAt when the EHR first had it, or null
   * @param acknowledgedAt null while nobody took it
   */
  public record Notice(
      UUID alertId,
      UUID findingId,
      String findingLabel,
      String recipientId,
      String recipientName,
      Instant createdAt,
      Instant sentAt,
      Instant acknowledgedAt,
      int escalationLevel) {}
}
