package org.vigil.dicom.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/**
 * The normalized services of one SOP class (PS3.7 §10): N-CREATE and N-SET of a performed procedure
 * step, N-ACTION and N-EVENT-REPORT of storage commitment. Not safe for use by several threads.
 */
public final class NormalizedScu implements AutoCloseable {
  /** Request Storage Commitment (PS3.4 §J.3.2). */
  private static final int REQUEST_COMMITMENT = 1;

  private final Association association;
  private final PresentationContext context;

  private NormalizedScu(Association association, PresentationContext context) {
    this.association = association;
    this.context = context;
  }

  /**
   * What the peer answered.
   *
   * @param dataset what came with the status, or null
   * @param sopInstanceUid of the instance, also where the peer chose it
   */
  public record Answer(DimseStatus status, Attributes dataset, String sopInstanceUid) {}

  /** An N-EVENT-REPORT of the peer. */
  public record Event(int type, Attributes dataset) {}

  /**
   * Opens an association.
   *
   * @throws DicomException if the peer does not accept the SOP class
   */
  public static NormalizedScu open(RemoteAe remote, String sopClassUid) throws IOException {
    return open(remote, sopClassUid, AssociationOptions.NONE);
  }

  /**
   * Opens an association as the SCP that reports events, whose roles are turned around (PS3.7
   * §D.3.3.4).
   */
  public static NormalizedScu openAsScp(RemoteAe remote, String sopClassUid) throws IOException {
    return open(remote, sopClassUid, AssociationOptions.NONE.withScpRoles(Set.of(sopClassUid)));
  }

  private static NormalizedScu open(RemoteAe remote, String sopClassUid, AssociationOptions options)
      throws IOException {
    Association association =
        Association.open(
            remote,
            List.of(new PresentationContext(1, sopClassUid, StoreOperation.NATIVE)),
            options);
    PresentationContext context = association.acceptedContext(sopClassUid);
    if (context == null) {
      association.close();
      throw new DicomException(
          DicomError.NO_PRESENTATION_CONTEXT, remote + " does not accept SOP class " + sopClassUid);
    }
    return new NormalizedScu(association, context);
  }

  public Association association() {
    return association;
  }

  /**
   * N-CREATE.
   *
   * @param sopInstanceUid null to let the peer choose
   */
  public Answer create(String sopInstanceUid, Attributes attributes) throws IOException {
    return exchange(DimseOperation.N_CREATE, sopInstanceUid, 0, attributes);
  }

  public Answer set(String sopInstanceUid, Attributes modifications) throws IOException {
    return exchange(DimseOperation.N_SET, sopInstanceUid, 0, modifications);
  }

  public Answer get(String sopInstanceUid) throws IOException {
    return exchange(DimseOperation.N_GET, sopInstanceUid, 0, null);
  }

  /** N-ACTION of a type. */
  public Answer action(String sopInstanceUid, int type, Attributes information) throws IOException {
    return exchange(DimseOperation.N_ACTION, sopInstanceUid, type, information);
  }

  /** N-EVENT-REPORT of a type. */
  public Answer report(String sopInstanceUid, int type, Attributes information) throws IOException {
    return exchange(DimseOperation.N_EVENT_REPORT, sopInstanceUid, type, information);
  }

  /**
   * Asks for storage commitment (PS3.4 §J.3.2).
   *
   * @param transactionUid by which the report will refer to it
   * @param references SOP Class and Instance UIDs, one item each
   */
  public DimseStatus requestCommitment(String transactionUid, List<Attributes> references)
      throws IOException {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transactionUid);
    var sequence = information.newSequence(Tag.ReferencedSOPSequence, references.size());
    references.forEach(sequence::add);
    return action(UID.StorageCommitmentPushModelInstance, REQUEST_COMMITMENT, information).status();
  }

  /**
   * Waits for an event of the peer and confirms it. Many peers report over an association of their
   * own instead.
   *
   * @param patience how long to wait
   * @return empty if none came in time; the association has been aborted then
   */
  public Optional<Event> awaitEvent(Duration patience) throws IOException {
    association.channel().idleTimeout(patience.toMillis());
    Association.Message message;
    try {
      message = association.receiveOther();
    } catch (DicomException e) {
      if (e.error() == DicomError.PEER_TIMEOUT) {
        association.abort();
        return Optional.empty();
      }
      throw e;
    }
    if (message == null) {
      association.confirmRelease(patience.toMillis());
      return Optional.empty();
    }
    DimseOperation operation = DimseOperation.of(message.command().getInt(Tag.CommandField, -1));
    if (operation != DimseOperation.N_EVENT_REPORT) {
      association.abort(2, 2);
      throw new DicomException(
          DicomError.PROTOCOL_VIOLATION, "An N-EVENT-REPORT was expected, " + operation + " came");
    }
    Event event =
        new Event(message.command().getInt(Tag.EventTypeID, 0), Association.dataset(message));
    association.send(
        message.context().id(), CommandSet.response(message.command(), DimseStatus.SUCCESS), null);
    return Optional.of(event);
  }

  private Answer exchange(
      DimseOperation operation, String sopInstanceUid, int type, Attributes data)
      throws IOException {
    Attributes command =
        CommandSet.request(operation, association.nextMessageId(), context.abstractSyntax());
    if (sopInstanceUid != null) {
      command.setString(
          operation.isOnRequested() ? Tag.RequestedSOPInstanceUID : Tag.AffectedSOPInstanceUID,
          VR.UI,
          sopInstanceUid);
    }
    if (operation == DimseOperation.N_ACTION) {
      command.setInt(Tag.ActionTypeID, VR.US, type);
    } else if (operation == DimseOperation.N_EVENT_REPORT) {
      command.setInt(Tag.EventTypeID, VR.US, type);
    }
    return association.aborting(
        () -> {
          association.send(context, command, data);
          Association.Response response =
              association.receiveResponse(Set.of(command.getInt(Tag.MessageID, 0)));
          return new Answer(
              response.status(),
              response.dataset(),
              response.command().getString(Tag.AffectedSOPInstanceUID, sopInstanceUid));
        });
  }

  /** Releases the association. */
  @Override
  public void close() throws IOException {
    association.close();
  }
}
