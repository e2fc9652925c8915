package org.vigil.dicom.sr;

import java.util.Objects;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * A coded concept (PS3.3 §8).
 *
 * @param scheme Coding Scheme Designator, for example {@code DCM}, {@code SCT}, {@code UCUM}
 * @param value Code Value; longer than 16 characters it is written as Long Code Value
 * @param meaning Code Meaning, at most 64 characters
 */
public record Code(String scheme, String value, String meaning) {

  /** Checks that nothing is missing. */
  public Code {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(meaning, "meaning");
    if (scheme.isBlank() || value.isBlank() || meaning.isBlank() || meaning.length() > 64) {
      throw new IllegalArgumentException(
          "A code needs scheme, value and a meaning of at most 64 characters: "
              + scheme
              + " "
              + value);
    }
  }

  /** {@code Code.of("DCM", "121071", "Finding")}. */
  public static Code of(String scheme, String value, String meaning) {
    return new Code(scheme, value, meaning);
  }

  /** The code as an item of a code sequence. */
  public Attributes toItem() {
    Attributes item = new Attributes(4);
    if (value.length() > 16) {
      item.setString(Tag.LongCodeValue, VR.UC, value);
    } else {
      item.setString(Tag.CodeValue, VR.SH, value);
    }
    item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
    return item;
  }

  /** Adds a sequence of this one code to a data set. */
  public void putInto(Attributes dataset, int sequenceTag) {
    dataset.newSequence(sequenceTag, 1).add(toItem());
  }

  /**
   * The first code of a sequence, or null when there is none or it has no value. A missing meaning
   * is replaced by the value.
   */
  public static Code from(Attributes dataset, int sequenceTag) {
    Attributes item = dataset.getNestedDataset(sequenceTag);
    if (item == null) {
      return null;
    }
    String value = item.getString(Tag.CodeValue, item.getString(Tag.LongCodeValue));
    String scheme = item.getString(Tag.CodingSchemeDesignator);
    return value == null || scheme == null
        ? null
        : new Code(scheme, value, item.getString(Tag.CodeMeaning, value));
  }

  /** Whether scheme and value are the same; meanings may be worded differently. */
  public boolean sameConcept(Code other) {
    return other != null && scheme.equals(other.scheme) && value.equals(other.value);
  }
}
