package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.net.DimseOperation;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.GivenCommitments;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.imaging.pacs.CommitmentExchange;
import org.vigil.imaging.persistence.CommitmentRequestEntity.Reference;
import org.vigil.kernel.Actor;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Storage Commitment Push Model (PS3.4 annex J): takes modalities' requests, which are answered
 * over an association to the node of their AE title, and the reports of archives that were asked.
 */
@ApplicationScoped
public class CommitmentScp extends TenantService {
  private static final int REQUEST = 1;
  private static final int MOST_REFERENCES = 100_000;

  private final PacsNodeBook nodes;
  private final GivenCommitments given;
  private final CommitmentExchange exchange;

  @Inject
  public CommitmentScp(
      TenantDirectory tenants,
      PacsNodeBook nodes,
      GivenCommitments given,
      CommitmentExchange exchange) {
    super(tenants);
    this.nodes = nodes;
    this.given = given;
    this.exchange = exchange;
  }

  /** For the container's proxy. */
  protected CommitmentScp() {
    this(null, null, null, null);
  }

  @Override
  public Set<String> sopClasses() {
    return Set.of(UID.StorageCommitmentPushModel);
  }

  /** An archive that reports is provider of the service, though it opens the association. */
  @Override
  public boolean grantsScpRole(String sopClassUid) {
    return sopClassUid.equals(UID.StorageCommitmentPushModel);
  }

  @Override
  DimseReply perform(DimseRequest request, TenantView tenant, Actor peer) {
    if (request.operation() == DimseOperation.N_EVENT_REPORT) {
      return exchange.take(peer.name(), request.dataset())
          ? DimseReply.success()
          : refused(DimseStatus.NO_SUCH_OBJECT_INSTANCE, "no such transaction with this AE title");
    }
    if (request.operation() != DimseOperation.N_ACTION) {
      return refused(DimseStatus.UNRECOGNIZED_OPERATION, "N-ACTION or N-EVENT-REPORT");
    }
    if (request.actionType() != REQUEST) {
      return refused(DimseStatus.NO_SUCH_ACTION_TYPE, "action type 1 requests commitment");
    }
    return commit(request.dataset(), peer);
  }

  private DimseReply commit(Attributes information, Actor peer) {
    Optional<PacsNode> node = nodes.byAeTitle(peer.name());
    if (node.isEmpty()) {
      return refused(
          DimseStatus.NOT_AUTHORIZED, "no PACS node has this AE title, so none can be told");
    }
    String transaction = information.getString(Tag.TransactionUID, "");
    Set<Reference> references = new LinkedHashSet<>();
    for (Attributes item : CommitmentExchange.items(information, Tag.ReferencedSOPSequence)) {
      String sopClass = item.getString(Tag.ReferencedSOPClassUID, "");
      String instance = item.getString(Tag.ReferencedSOPInstanceUID, "");
      if (!isUid(sopClass) || !isUid(instance)) {
        return refused(DimseStatus.PROCESSING_FAILURE, "a reference is no UID");
      }
      references.add(new Reference(sopClass, instance));
    }
    if (!isUid(transaction) || references.isEmpty() || references.size() > MOST_REFERENCES) {
      return refused(DimseStatus.PROCESSING_FAILURE, "no transaction UID, or no references");
    }
    given.asked(transaction, node.get().name(), List.copyOf(references));
    return DimseReply.success();
  }

  private static boolean isUid(String text) {
    return text.matches("[0-9.]{1,64}");
  }

  private static DimseReply refused(int status, String comment) {
    return DimseReply.of(DimseStatus.of(status, comment));
  }
}
