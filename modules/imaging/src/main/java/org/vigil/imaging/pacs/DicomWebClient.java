package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.io.DicomJsonReader;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomStream;
import org.vigil.dicom.web.MultipartReader;
import org.vigil.dicom.web.MultipartReader.Part;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.imaging.domain.PriorCandidate;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Studies of a patient at a PACS, by QIDO-RS and WADO-RS (PS3.18 §10.6, §10.4). */
@ApplicationScoped
public class DicomWebClient {
  private static final String KEYS =
      "&includefield=00100021&includefield=00100030&includefield=00081030"
          + "&includefield=00080061&includefield=00201208";
  private static final int MOST_MATCHES = 500;

  private final PacsConnections connections;
  private final ObjectIntake intake;

  @Inject
  public DicomWebClient(PacsConnections connections, ObjectIntake intake) {
    this.connections = connections;
    this.intake = intake;
  }

  /** For the container's proxy. */
  protected DicomWebClient() {
    this(null, null);
  }

  /** Asks for the studies of a Patient ID; whose it is by its issuer the caller judges. */
  List<PriorCandidate> studiesOf(PacsNode node, String patientId) throws IOException {
    HttpResponse<InputStream> response =
        get(
            node,
            "/studies?PatientID="
                + URLEncoder.encode(patientId, StandardCharsets.UTF_8)
                + KEYS
                + "&limit="
                + MOST_MATCHES,
            "application/dicom+json");
    List<PriorCandidate> found = new ArrayList<>();
    try (InputStream body = response.body();
        Reader text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
      if (response.statusCode() == 204) {
        return found;
      }
      requireSuccess(response);
      DicomJsonReader.readAll(
          text,
          (dataset, tag, vr, uri) -> {
            // No attribute of a match is so long.
          },
          (Attributes match) -> StudyQuery.candidate(match).ifPresent(found::add));
    }
    return found;
  }

  /**
   * Fetches all of a study.
   *
   * @return null when all of it is here, else what was refused
   */
  String fetch(PacsNode node, StudyInstanceUid study) throws IOException {
    IntakeAssociation conversation =
        new IntakeAssociation(
            TenantContext.current(),
            Actor.peer(node.name(), URI.create(node.url()).getHost()),
            true);
    HttpResponse<InputStream> response =
        get(
            node,
            "/studies/" + study.value(),
            "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
    int refused = 0;
    try (InputStream body = response.body()) {
      requireSuccess(response);
      MultipartReader parts =
          MultipartReader.of(response.headers().firstValue("Content-Type").orElse(""), body);
      for (Part part = parts.next(); part != null; part = parts.next()) {
        refused += isStored(conversation, part.content()) ? 0 : 1;
      }
    } catch (DicomException e) {
      throw new RefusedByPeerException("the answer is no multipart of DICOM objects");
    }
    return refused == 0 ? null : refused + " objects were refused by Vigil; see rejected/";
  }

  private boolean isStored(IntakeAssociation conversation, InputStream part) throws IOException {
    DicomStream object = DicomReader.openStream(part);
    try {
      intake.receive(
          conversation,
          object.sopClassUid(),
          object.sopInstanceUid(),
          object.transferSyntaxUid(),
          object.dataset());
      return true;
    } catch (VigilException e) {
      return false;
    }
  }

  private HttpResponse<InputStream> get(PacsNode node, String path, String accept)
      throws IOException {
    return connections.get(node, path, accept, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static void requireSuccess(HttpResponse<?> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new RefusedByPeerException("HTTP " + response.statusCode());
    }
  }
}
