package org.vigil.dicom.validate;

import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;

/** Items of code sequences (PS3.3 §8.8, Code Sequence Macro). */
final class CodedEntries {
  static final String MODULE = "Code Sequence";

  private static final int LONG_CODE_VALUE = Tag.LongCodeValue;
  private static final int URN_CODE_VALUE = 0x00080120;

  private CodedEntries() {}

  /** Takes what is wrong with an item. */
  @FunctionalInterface
  interface Findings {
    /** An attribute of the item and a sentence about it. */
    void error(int tag, String text);
  }

  static void check(int sequenceTag, Attributes item, Findings findings) {
    String keyword = ElementDictionary.keywordOf(sequenceTag);
    boolean named = keyword != null && keyword.endsWith("CodeSequence");
    boolean coded =
        item.contains(Tag.CodeValue)
            || item.contains(LONG_CODE_VALUE)
            || item.contains(URN_CODE_VALUE);
    if (!named && !coded) {
      return;
    }
    boolean value =
        item.containsValue(Tag.CodeValue)
            || item.containsValue(LONG_CODE_VALUE)
            || item.containsValue(URN_CODE_VALUE);
    if (!value) {
      findings.error(Tag.CodeValue, "must have a value: the item has no code (type 1C)");
    }
    if (!item.containsValue(URN_CODE_VALUE) && !item.containsValue(Tag.CodingSchemeDesignator)) {
      findings.error(Tag.CodingSchemeDesignator, "must have a value with a code (type 1C)");
    }
    if (!item.containsValue(Tag.CodeMeaning)) {
      findings.error(Tag.CodeMeaning, "must have a value (type 1)");
    }
  }
}
