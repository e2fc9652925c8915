package org.vigil.dicom.net;

import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;

/** A request that a {@link DimseService} performs (PS3.7 §9.3, §10.3). */
public final class DimseRequest {
  private final Association association;
  private final Association.Message message;
  private final DimseOperation operation;
  private final Attributes dataset;

  DimseRequest(
      Association association,
      Association.Message message,
      DimseOperation operation,
      Attributes dataset) {
    this.association = association;
    this.message = message;
    this.operation = operation;
    this.dataset = dataset;
  }

  public DimseOperation operation() {
    return operation;
  }

  /** Over which it came; who asks is in its request and attachment. */
  public Association association() {
    return association;
  }

  /** Affected or Requested SOP Class UID; that of the presentation context where it is missing. */
  public String sopClassUid() {
    Attributes command = message.command();
    return command.getString(
        Tag.AffectedSOPClassUID,
        command.getString(Tag.RequestedSOPClassUID, message.context().abstractSyntax()));
  }

  /** Affected or Requested SOP Instance UID, or null. */
  public String sopInstanceUid() {
    Attributes command = message.command();
    return command.getString(
        Tag.AffectedSOPInstanceUID, command.getString(Tag.RequestedSOPInstanceUID));
  }

  /** (0000,1008) Action Type ID of an N-ACTION, 0 where it is missing. */
  public int actionType() {
    return message.command().getInt(Tag.ActionTypeID, 0);
  }

  /** (0000,1002) Event Type ID of an N-EVENT-REPORT, 0 where it is missing. */
  public int eventType() {
    return message.command().getInt(Tag.EventTypeID, 0);
  }

  /** (0000,0600) Move Destination of a C-MOVE, or null. */
  public String moveDestination() {
    return message.command().getString(Tag.MoveDestination);
  }

  /** (0000,0110) Message ID; named in the C-STOREs of a C-MOVE. */
  public int messageId() {
    return message.command().getInt(Tag.MessageID, 0);
  }

  /** The identifier or attributes; empty where there are none. */
  public Attributes dataset() {
    return dataset;
  }

  /** Whether the peer sent C-CANCEL; does not wait. */
  public boolean isCancelled() throws IOException {
    return association.isCancelled(messageId());
  }

  /** Sends a match of a C-FIND with status pending. */
  public void pending(Attributes match) throws IOException {
    pending(match, true);
  }

  /**
   * Sends a match of a C-FIND.
   *
   * @param allKeysKnown false where a key was not matched because it is not supported (PS3.4
   *     §C.4.1.1.4, status 0xFF01)
   */
  public void pending(Attributes match, boolean allKeysKnown) throws IOException {
    int status = allKeysKnown ? DimseStatus.PENDING : DimseStatus.PENDING_WITH_WARNING;
    respond(DimseStatus.of(status, null), match, null, null);
  }

  /** Sends how far a C-GET or C-MOVE has come with status pending. */
  public void pending(SubOperations progress) throws IOException {
    respond(DimseStatus.of(DimseStatus.PENDING, null), null, progress, null);
  }

  /** Sends an instance over this association as a sub-operation of a C-GET. */
  public StoreResult store(StoreItem item) throws IOException {
    return StoreOperation.store(association, item, null, 0);
  }

  void reply(DimseReply reply) throws IOException {
    respond(reply.status(), reply.dataset(), reply.subOperations(), reply.sopInstanceUid());
  }

  private void respond(
      DimseStatus status, Attributes data, SubOperations progress, String sopInstanceUid)
      throws IOException {
    Attributes command = CommandSet.response(message.command(), status);
    if (progress != null) {
      progress.write(command);
    }
    if (sopInstanceUid != null) {
      command.setString(Tag.AffectedSOPInstanceUID, sopInstanceUid);
    }
    association.send(message.context(), command, data);
  }
}
