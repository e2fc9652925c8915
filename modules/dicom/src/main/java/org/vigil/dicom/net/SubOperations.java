package org.vigil.dicom.net;

import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * How far a C-GET or C-MOVE has come (PS3.4 §C.4.2.1.6 to §C.4.2.1.9): C-STORE sub-operations.
 *
 * @param remaining not begun yet; -1 where a peer does not say
 * @param completed stored
 * @param failed not stored
 * @param warning stored with a warning
 */
public record SubOperations(int remaining, int completed, int failed, int warning) {

  /** None begun of so many. */
  public static SubOperations of(int total) {
    return new SubOperations(total, 0, 0, 0);
  }

  /** After one more. */
  public SubOperations after(StoreResult result) {
    int left = Math.max(0, remaining - 1);
    if (!result.isStored()) {
      return new SubOperations(left, completed, failed + 1, warning);
    }
    return result.status().code() == 0
        ? new SubOperations(left, completed + 1, failed, warning)
        : new SubOperations(left, completed, failed, warning + 1);
  }

  static SubOperations read(Attributes command) {
    return new SubOperations(
        command.getInt(Tag.NumberOfRemainingSuboperations, -1),
        command.getInt(Tag.NumberOfCompletedSuboperations, 0),
        command.getInt(Tag.NumberOfFailedSuboperations, 0),
        command.getInt(Tag.NumberOfWarningSuboperations, 0));
  }

  void write(Attributes command) {
    if (remaining >= 0) {
      command.setInt(Tag.NumberOfRemainingSuboperations, VR.US, remaining);
    }
    command.setInt(Tag.NumberOfCompletedSuboperations, VR.US, completed);
    command.setInt(Tag.NumberOfFailedSuboperations, VR.US, failed);
    command.setInt(Tag.NumberOfWarningSuboperations, VR.US, warning);
  }
}
