package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.NormalizedScu;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.application.GivenCommitments;
import org.vigil.imaging.application.GivenCommitments.Answer;
import org.vigil.imaging.application.PacsCommitments;
import org.vigil.imaging.application.PacsCommitments.Report;
import org.vigil.imaging.application.PacsCommitments.Request;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;

/**
 * Storage commitment in both directions (PS3.4 §J.3): asks a PACS by N-ACTION, and tells a modality
 * by N-EVENT-REPORT over an association of its own.
 */
@ApplicationScoped
public class CommitmentExchange implements PacsTaskHandler {
  private static final String PUSH_MODEL = UID.StorageCommitmentPushModel;
  private static final int ALL_COMMITTED = 1;
  private static final int SOME_FAILED = 2;

  @Inject private PacsCommitments wanted;
  @Inject private GivenCommitments given;
  @Inject private PacsLines lines;
  @Inject private PacsConnections connections;
  @Inject private StoredStudies studies;

  @Inject
  @ConfigProperty(name = "vigil.pacs.commitment-same-association", defaultValue = "PT1S")
  private Duration sameAssociation;

  @Override
  public boolean handles(PacsTaskKind kind) {
    return kind == PacsTaskKind.REQUEST_COMMITMENT || kind == PacsTaskKind.REPORT_COMMITMENT;
  }

  @Override
  public void perform(PacsTask task, PacsNode node) {
    if (task.kind() == PacsTaskKind.REQUEST_COMMITMENT) {
      request(SopInstanceUid.of(task.subject()), node);
    } else {
      report(task.subject(), node);
    }
  }

  @Override
  public void givenUp(PacsTask task, String reason) {
    if (task.kind() == PacsTaskKind.REQUEST_COMMITMENT) {
      wanted.givenUp(SopInstanceUid.of(task.subject()), task.node());
    }
  }

  private void request(SopInstanceUid instance, PacsNode node) {
    Optional<Request> request = wanted.request(instance, node.name());
    if (request.isEmpty()) {
      return;
    }
    try {
      lines.call(node, () -> ask(node, request.get()));
    } catch (VigilException e) {
      wanted.notRequested(instance, node.name());
      throw e;
    }
    wanted.requireSettled(instance, node.name());
  }

  private Void ask(PacsNode node, Request request) throws IOException {
    if (request.resend() && node.can(Capability.STORE)) {
      resend(node, request.instance());
    }
    try (NormalizedScu scu = NormalizedScu.open(connections.remote(node), PUSH_MODEL)) {
      DimseStatus status =
          scu.requestCommitment(
              request.transaction(),
              List.of(reference(request.sopClassUid(), request.instance().value())));
      if (!status.isSuccessOrWarning()) {
        throw new RefusedByPeerException("N-ACTION was answered with status " + status);
      }
      // Some report at once over the same association, most over one of their own.
      if (!sameAssociation.isZero()) {
        scu.awaitEvent(sameAssociation).ifPresent(e -> take(node.aeTitle(), e.dataset()));
      }
      return null;
    }
  }

  private void resend(PacsNode node, SopInstanceUid instance) throws IOException {
    StoreItem item = StoreItem.of(studies.source(instance));
    StoreResult result = StorageScu.storeAll(connections.remote(node), List.of(item)).get(0);
    if (!result.isStored()) {
      throw new RefusedByPeerException("C-STORE was answered with status " + result.status());
    }
  }

  /**
   * Takes a report (PS3.4 §J.3.3).
   *
   * @param aeTitle of who reports
   * @return false when it was not asked for
   */
  public boolean take(String aeTitle, Attributes information) {
    List<Report> reports = new ArrayList<>();
    for (Attributes item : items(information, Tag.ReferencedSOPSequence)) {
      reports.add(new Report(item.getString(Tag.ReferencedSOPInstanceUID), null));
    }
    for (Attributes item : items(information, Tag.FailedSOPSequence)) {
      reports.add(
          new Report(
              item.getString(Tag.ReferencedSOPInstanceUID), item.getInt(Tag.FailureReason, 0)));
    }
    return wanted.reported(aeTitle, information.getString(Tag.TransactionUID), reports);
  }

  /** The items of a sequence; none where it is missing. */
  public static List<Attributes> items(Attributes dataset, int tag) {
    Sequence sequence = dataset == null ? null : dataset.getSequence(tag);
    return sequence == null ? List.of() : List.copyOf(sequence);
  }

  private void report(String transaction, PacsNode node) {
    List<Answer> answers = given.answers(transaction, node.name());
    if (answers.isEmpty()) {
      return;
    }
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transaction);
    List<Answer> failed = answers.stream().filter(a -> a.failureReason() != null).toList();
    Sequence committed = null;
    Sequence refused = null;
    for (Answer answer : answers) {
      Attributes item =
          reference(answer.reference().sopClassUid(), answer.reference().sopInstanceUid());
      if (answer.failureReason() == null) {
        committed =
            committed == null
                ? information.newSequence(Tag.ReferencedSOPSequence, answers.size())
                : committed;
        committed.add(item);
      } else {
        refused =
            refused == null
                ? information.newSequence(Tag.FailedSOPSequence, failed.size())
                : refused;
        item.setInt(Tag.FailureReason, VR.US, answer.failureReason());
        refused.add(item);
      }
    }
    lines.call(
        node,
        () -> {
          try (NormalizedScu scp = NormalizedScu.openAsScp(connections.remote(node), PUSH_MODEL)) {
            DimseStatus status =
                scp.report(
                        UID.StorageCommitmentPushModelInstance,
                        failed.isEmpty() ? ALL_COMMITTED : SOME_FAILED,
                        information)
                    .status();
            if (!status.isSuccessOrWarning()) {
              throw new RefusedByPeerException("N-EVENT-REPORT was answered with status " + status);
            }
          }
          return null;
        });
    given.reported(transaction, node.name(), answers);
  }

  private static Attributes reference(String sopClass, String sopInstance) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstance);
    return item;
  }
}
