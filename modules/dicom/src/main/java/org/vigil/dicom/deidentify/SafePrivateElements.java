package org.vigil.dicom.deidentify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;

/**
 * Private elements that the maker of the object declares to be without identity: Private Data
 * Element Characteristics (PS3.3 §C.12.1.1.7, PS3.15 §E.3.10).
 */
final class SafePrivateElements {
  static final SafePrivateElements NONE = new SafePrivateElements(Map.of());

  /** By group and creator: element numbers within the block; null for all of them. */
  private final Map<String, Set<Integer>> blocks;

  private SafePrivateElements(Map<String, Set<Integer>> blocks) {
    this.blocks = blocks;
  }

  static SafePrivateElements of(Attributes dataset) {
    Sequence declared = dataset.getSequence(Tag.PrivateDataElementCharacteristicsSequence);
    if (declared == null) {
      return NONE;
    }
    Map<String, Set<Integer>> blocks = new HashMap<>();
    for (Attributes block : declared) {
      String name =
          name(
              block.getInt(Tag.PrivateGroupReference, 0),
              block.getString(Tag.PrivateCreatorReference, ""));
      String status = block.getString(Tag.BlockIdentifyingInformationStatus, "UNSAFE");
      if (status.equals("SAFE")) {
        blocks.put(name, null);
      } else if (status.equals("MIXED")) {
        Set<Integer> elements = new HashSet<>();
        int[] listed = block.getInts(Tag.NonidentifyingPrivateElements);
        for (int i = 0; listed != null && i < listed.length; i++) {
          elements.add(listed[i] & 0xFF);
        }
        blocks.put(name, elements);
      }
    }
    return new SafePrivateElements(blocks);
  }

  boolean contains(Attributes dataset, int tag) {
    if (blocks.isEmpty()) {
      return false;
    }
    int group = Tag.group(tag);
    int element = tag & 0xFFFF;
    if (element <= 0xFF) {
      return blocks.containsKey(name(group, dataset.getString(tag, "")));
    }
    String name = name(group, dataset.privateCreatorOf(tag));
    return blocks.containsKey(name)
        && (blocks.get(name) == null || blocks.get(name).contains(element & 0xFF));
  }

  private static String name(int group, String creator) {
    return group + "/" + (creator == null ? "" : creator.trim());
  }
}
