package org.vigil.dicom.pixel;

import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;

/** Macros of enhanced multi-frame images (PS3.3 §C.7.6.16). */
final class FunctionalGroups {

  private FunctionalGroups() {}

  /** A macro's item of one frame: its own, else the shared one, else null. */
  static Attributes macro(Attributes dataset, int frame, int macroSequence) {
    Attributes own = dataset.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame);
    Attributes item = own == null ? null : own.getNestedDataset(macroSequence);
    if (item != null) {
      return item;
    }
    Attributes shared = dataset.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    return shared == null ? null : shared.getNestedDataset(macroSequence);
  }
}
