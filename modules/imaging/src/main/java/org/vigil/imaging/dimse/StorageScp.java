package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.net.Association;
import org.vigil.dicom.net.CStoreHandler;
import org.vigil.dicom.net.CStoreRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * Storage Service Class Provider (PS3.4 annex B): hands every object to intake and turns the
 * outcome into a status.
 */
@ApplicationScoped
public class StorageScp implements CStoreHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final TenantDirectory tenants;
  private final ObjectIntake intake;

  @Inject
  public StorageScp(TenantDirectory tenants, ObjectIntake intake) {
    this.tenants = tenants;
    this.intake = intake;
  }

  /** For the container's proxy. */
  protected StorageScp() {
    this(null, null);
  }

  @Override
  public DimseStatus store(CStoreRequest request) throws IOException {
    IntakeAssociation association = intakeOf(request.association());
    try {
      // It may have been closed while the association stood.
      tenants.require(association.tenant());
      intake.receive(
          association,
          ownRequest(request),
          request.sopClassUid(),
          request.sopInstanceUid(),
          request.transferSyntax(),
          request.data());
      return DimseStatus.SUCCESS;
    } catch (VigilException e) {
      LOG.info("C-STORE from {} answered with {}", association.peer().name(), e.code().id());
      return DimseStatus.of(e.code().dimseStatus(), comment(e));
    } catch (RuntimeException e) {
      // The database, most likely: the sender keeps the object and sends it again.
      LOG.error("C-STORE from {} could not be recorded", association.peer().name(), e);
      ErrorCode code = ErrorCode.KERNEL_0001;
      return DimseStatus.of(code.dimseStatus(), code.id() + " " + code.text());
    }
  }

  /** Whether a C-MOVE of ours brought it (PS3.7 §9.1.1.1.6); null where the peer does not say. */
  private static Boolean ownRequest(CStoreRequest request) {
    String originator = request.command().getString(Tag.MoveOriginatorApplicationEntityTitle);
    return originator == null || originator.isBlank()
        ? null
        : originator.strip().equals(request.association().localAe().strip());
  }

  @Override
  public void released(Association association) {
    ended(association, true);
  }

  @Override
  public void aborted(Association association, String reason) {
    LOG.warn(
        "Association with {} ended without release: {}",
        AssociationAdmission.printable(association.remoteAe()),
        reason);
    ended(association, false);
  }

  private void ended(Association association, boolean orderly) {
    try {
      intake.ended(intakeOf(association), orderly);
    } catch (RuntimeException e) {
      // The due time of the last image stands, so the study completes all the same.
      LOG.error("The end of an association could not be recorded", e);
    }
  }

  private static IntakeAssociation intakeOf(Association association) {
    return (IntakeAssociation) association.attachment();
  }

  /** What is wrong first, since the comment is cut to 64 characters. */
  private static String comment(VigilException e) {
    Object attribute = e.details().get("attribute");
    return attribute == null
        ? e.code().id() + " " + e.code().text()
        : e.code().id() + " " + attribute;
  }
}
