package org.vigil.imaging.api;

import java.util.List;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.kernel.TenantId;

/**
 * Something happened to a workitem that subscribers are to hear (PS3.4 §CC.2.4): fired as a CDI
 * event within the transaction, to be sent after its commit.
 *
 * @param reports event reports without message IDs, in order
 */
public record WorkitemReported(
    TenantId tenant, Set<Addressee> addressees, List<Attributes> reports) {
  public WorkitemReported {
    addressees = Set.copyOf(addressees);
    reports = List.copyOf(reports);
  }

  /**
   * Who is to hear it.
   *
   * @param owner the user whose AE title it is: nobody else hears
   */
  public record Addressee(String aeTitle, String owner) {}
}
