package org.vigil.dicom.deidentify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;

/**
 * Table E.1-1 of PS3.15: what becomes of each attribute under the profile and its options. It has
 * six lines more, for free text that people write about a patient and the table passes over: Text
 * Value, Document Title, Content Description, Unformatted Text Value, and an overlay's label and
 * description.
 */
final class ConfidentialityProfile {
  private static final int DIGITS = 8;

  /** The order of columns after the basic profile's. */
  private static final List<DeidentificationOption> COLUMNS =
      List.of(
          DeidentificationOption.RETAIN_SAFE_PRIVATE,
          DeidentificationOption.RETAIN_UIDS,
          DeidentificationOption.RETAIN_DEVICE_IDENTITY,
          DeidentificationOption.RETAIN_INSTITUTION_IDENTITY,
          DeidentificationOption.RETAIN_PATIENT_CHARACTERISTICS,
          DeidentificationOption.RETAIN_FULL_DATES,
          DeidentificationOption.RETAIN_MODIFIED_DATES,
          DeidentificationOption.CLEAN_DESCRIPTORS,
          DeidentificationOption.CLEAN_STRUCTURED_CONTENT);

  static final ConfidentialityProfile TABLE = read();

  /** What is done with an attribute (PS3.15 table E.1-1a). */
  enum Action {
    /** K, or not in the table. */
    KEEP,
    /** X. */
    REMOVE,
    /** Z: a zero length value, or a harmless one. */
    EMPTY,
    /** D: a harmless value. */
    DUMMY,
    /** U: another UID, the same for the same one. */
    REPLACE_UID,
    /** C: what it says, without what identifies. */
    CLEAN
  }

  /** A line of the table. */
  private record Line(Action basic, Map<DeidentificationOption, Action> options) {}

  private final Map<Integer, Line> lines = new HashMap<>();

  /** Repeating groups: tag pattern with x for any digit. */
  private final Map<String, Line> patterns = new HashMap<>();

  private static ConfidentialityProfile read() {
    ConfidentialityProfile table = new ConfidentialityProfile();
    try (InputStream in = ConfidentialityProfile.class.getResourceAsStream("confidentiality.tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        if (!text.startsWith("#")) {
          table.add(text.split("\t", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The confidentiality table cannot be read", e);
    }
    return table;
  }

  private void add(String[] cells) {
    Map<DeidentificationOption, Action> options = new HashMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      String cell = cells[2 + i];
      if (!cell.isEmpty()) {
        options.put(COLUMNS.get(i), cell.equals("K") ? Action.KEEP : Action.CLEAN);
      }
    }
    Line line = new Line(basic(cells[1]), options);
    if (cells[0].contains("x")) {
      patterns.put(cells[0], line);
    } else {
      lines.put((int) Long.parseLong(cells[0], 16), line);
    }
  }

  /**
   * Of several actions, that which is right whatever the type of the attribute in its IOD is: a
   * value in place of none, an empty one in place of removal.
   */
  private static Action basic(String cell) {
    return switch (cell) {
      case "X" -> Action.REMOVE;
      case "Z", "X/Z" -> Action.EMPTY;
      case "D", "Z/D", "X/D", "X/Z/D" -> Action.DUMMY;
      case "U" -> Action.REPLACE_UID;
      // A sequence that refers to other instances: its items are gone through.
      case "X/Z/U*" -> Action.KEEP;
      default -> throw new IllegalStateException("Unknown action " + cell);
    };
  }

  /** What becomes of a standard attribute. */
  Action actionFor(int tag, Set<DeidentificationOption> options) {
    Line line = lines.get(tag);
    if (line == null) {
      line = repeating(tag);
    }
    if (line == null) {
      // What no dictionary names may hold anything.
      boolean known = ElementDictionary.isKnown(tag) || Tag.element(tag) == 0;
      return known ? Action.KEEP : Action.REMOVE;
    }
    Action chosen = line.basic;
    for (Map.Entry<DeidentificationOption, Action> option : line.options.entrySet()) {
      if (options.contains(option.getKey())) {
        if (option.getValue() == Action.KEEP) {
          return Action.KEEP;
        }
        chosen = Action.CLEAN;
      }
    }
    return chosen;
  }

  /** What the profile does where no option changes it. */
  Action basicFor(int tag) {
    return actionFor(tag, Set.of());
  }

  private Line repeating(int tag) {
    String digits = String.format("%08x", tag);
    for (Map.Entry<String, Line> pattern : patterns.entrySet()) {
      boolean fits = true;
      for (int i = 0; fits && i < DIGITS; i++) {
        char wanted = pattern.getKey().charAt(i);
        fits = wanted == 'x' || wanted == digits.charAt(i);
      }
      if (fits) {
        return pattern.getValue();
      }
    }
    return null;
  }
}
