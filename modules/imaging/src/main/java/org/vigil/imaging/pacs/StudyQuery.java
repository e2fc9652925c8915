package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.QueryScu;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.imaging.domain.DicomTimes;
import org.vigil.imaging.domain.PriorCandidate;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Studies of a patient at a PACS, by C-FIND (PS3.4 §C.6.2.1, Study Root) or QIDO-RS. */
@ApplicationScoped
public class StudyQuery {
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final int MOST_MATCHES = 500;

  private final PacsConnections connections;
  private final DicomWebClient web;

  @Inject
  public StudyQuery(PacsConnections connections, DicomWebClient web) {
    this.connections = connections;
    this.web = web;
  }

  /** For the container's proxy. */
  protected StudyQuery() {
    this(null, null);
  }

  /**
   * Asks for the studies of a Patient ID; whose it is by its issuer the caller judges.
   *
   * @throws RefusedByPeerException when the node fails the query
   */
  public List<PriorCandidate> studiesOf(PacsNode node, String patientId) throws IOException {
    if (node.kind() == Kind.DICOMWEB) {
      return web.studiesOf(node, patientId);
    }
    List<PriorCandidate> found = new ArrayList<>();
    try (QueryScu scu = QueryScu.open(connections.remote(node), List.of(FIND))) {
      DimseStatus status =
          scu.find(
              FIND,
              identifier(patientId),
              match -> {
                candidate(match).ifPresent(found::add);
                return found.size() < MOST_MATCHES;
              });
      if (status.code() != 0 && status.code() != DimseStatus.CANCEL) {
        throw new RefusedByPeerException("C-FIND was answered with status " + status);
      }
    }
    return found;
  }

  private static Attributes identifier(String patientId) {
    Attributes identifier = new Attributes();
    identifier.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    identifier.setString(Tag.PatientID, VR.LO, patientId);
    identifier.setNull(Tag.IssuerOfPatientID, VR.LO);
    identifier.setNull(Tag.PatientBirthDate, VR.DA);
    identifier.setNull(Tag.StudyInstanceUID, VR.UI);
    identifier.setNull(Tag.StudyDate, VR.DA);
    identifier.setNull(Tag.StudyDescription, VR.LO);
    identifier.setNull(Tag.AccessionNumber, VR.SH);
    identifier.setNull(Tag.ModalitiesInStudy, VR.CS);
    identifier.setNull(Tag.NumberOfStudyRelatedInstances, VR.IS);
    return identifier;
  }

  /** A match; one without a usable UID is none. */
  static Optional<PriorCandidate> candidate(Attributes match) {
    StudyInstanceUid study;
    try {
      study = StudyInstanceUid.of(match.getString(Tag.StudyInstanceUID, ""));
    } catch (VigilException e) {
      return Optional.empty();
    }
    Set<String> modalities = new TreeSet<>();
    String[] stated = match.getStrings(Tag.ModalitiesInStudy);
    for (String modality : stated == null ? new String[0] : stated) {
      if (modality != null && !modality.isBlank()) {
        modalities.add(modality.strip());
      }
    }
    return Optional.of(
        new PriorCandidate(
            study,
            text(match, Tag.PatientID),
            text(match, Tag.IssuerOfPatientID),
            DicomTimes.date(match.getString(Tag.PatientBirthDate)),
            text(match, Tag.AccessionNumber),
            DicomTimes.date(match.getString(Tag.StudyDate)),
            modalities,
            text(match, Tag.StudyDescription),
            match.getInt(Tag.NumberOfStudyRelatedInstances, -1)));
  }

  private static String text(Attributes match, int tag) {
    String value = match.getString(tag);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
