package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.CStoreRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.QueryScu;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Fetches a study from a PACS: by C-MOVE to Vigil's own DICOM port where the node can, which takes
 * every transfer syntax, else by C-GET over the same association; by WADO-RS from a DICOMweb node.
 */
@ApplicationScoped
public class StudyRetrieval {
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;

  private final PacsConnections connections;
  private final ObjectIntake intake;
  private final DicomWebClient web;

  @Inject
  public StudyRetrieval(PacsConnections connections, ObjectIntake intake, DicomWebClient web) {
    this.connections = connections;
    this.intake = intake;
    this.web = web;
  }

  /** For the container's proxy. */
  protected StudyRetrieval() {
    this(null, null, null);
  }

  /**
   * Fetches all of a study.
   *
   * @return null when the node says it has sent all, else what it said
   */
  public String fetch(PacsNode node, StudyInstanceUid study) throws IOException {
    if (node.kind() == Kind.DICOMWEB) {
      return web.fetch(node, study);
    }
    Attributes identifier = new Attributes();
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    identifier.setString(Tag.StudyInstanceUID, VR.UI, study.value());
    QueryScu.Retrieval ended =
        node.can(Capability.MOVE) ? move(node, identifier) : get(node, identifier);
    return ended.isComplete()
        ? null
        : "status "
            + String.format("%04XH", ended.status().code())
            + ", "
            + ended.subOperations().failed()
            + " objects not sent";
  }

  private QueryScu.Retrieval move(PacsNode node, Attributes identifier) throws IOException {
    try (QueryScu scu = QueryScu.open(connections.remote(node), List.of(MOVE))) {
      return scu.move(MOVE, identifier, connections.ownAeTitle(), progress -> {});
    }
  }

  private QueryScu.Retrieval get(PacsNode node, Attributes identifier) throws IOException {
    IntakeAssociation conversation =
        new IntakeAssociation(
            TenantContext.current(), Actor.peer(node.aeTitle(), node.host()), true);
    try (QueryScu scu =
        QueryScu.openForGet(
            connections.remote(node),
            List.of(GET),
            RetrievableClasses.STORAGE,
            RetrievableClasses.TRANSFER_SYNTAXES)) {
      return scu.get(GET, identifier, request -> store(conversation, request), progress -> {});
    }
  }

  private DimseStatus store(IntakeAssociation conversation, CStoreRequest request)
      throws IOException {
    try {
      intake.receive(
          conversation,
          request.sopClassUid(),
          request.sopInstanceUid(),
          request.transferSyntax(),
          request.data());
      return DimseStatus.SUCCESS;
    } catch (VigilException e) {
      return DimseStatus.of(e.code().dimseStatus(), e.code().id());
    }
  }
}
