package org.vigil.dicom.net;

import java.io.IOException;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/** One C-STORE over an association that is open (PS3.7 §9.1.1). */
final class StoreOperation {
  static final List<String> NATIVE =
      List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);

  private StoreOperation() {}

  /**
   * Sends an instance and waits for the answer.
   *
   * @param moveOriginator AE title that asked for it by C-MOVE, or null
   * @param moveMessageId of that C-MOVE
   */
  static StoreResult store(
      Association association, StoreItem item, String moveOriginator, int moveMessageId)
      throws IOException {
    PresentationContext context = contextFor(association, item);
    if (context == null) {
      return notSent(item);
    }
    Attributes command = command(association, item, moveOriginator, moveMessageId);
    DimseStatus status =
        association
            .request(context, command, out -> item.writeTo(out, context.transferSyntax()))
            .status();
    return new StoreResult(item.sopInstanceUid(), status, true);
  }

  static StoreResult notSent(StoreItem item) {
    return new StoreResult(
        item.sopInstanceUid(),
        DimseStatus.of(
            DimseStatus.SOP_CLASS_NOT_SUPPORTED,
            "No presentation context accepted for this SOP class and transfer syntax"),
        false);
  }

  static Attributes command(
      Association association, StoreItem item, String moveOriginator, int moveMessageId) {
    Attributes command =
        CommandSet.cStoreRequest(
            association.nextMessageId(), item.sopClassUid(), item.sopInstanceUid());
    if (moveOriginator != null) {
      command.setString(Tag.MoveOriginatorApplicationEntityTitle, VR.AE, moveOriginator);
      command.setInt(Tag.MoveOriginatorMessageID, VR.US, moveMessageId);
    }
    return command;
  }

  static PresentationContext contextFor(Association association, StoreItem item) {
    PresentationContext own =
        association.acceptedContext(item.sopClassUid(), item.transferSyntax());
    if (own != null || !item.isNative()) {
      return own;
    }
    for (String syntax : NATIVE) {
      PresentationContext other = association.acceptedContext(item.sopClassUid(), syntax);
      if (other != null) {
        return other;
      }
    }
    return null;
  }
}
