package org.vigil.imaging.dicomweb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.imaging.api.DicomWeb.Selection;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Keeps those answers about one study that a search asks for (PS3.4 §C.2.2.2), page by page. */
final class AnswerFilter {
  private static final Set<Integer> SERIES =
      Set.of(Tag.Modality, Tag.SeriesInstanceUID, Tag.SeriesNumber, Tag.SeriesDescription);
  private static final Set<Integer> INSTANCES =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.SeriesInstanceUID,
          Tag.InstanceNumber,
          Tag.Rows,
          Tag.Columns,
          Tag.NumberOfFrames);

  private final Map<Integer, Pattern> wanted = new LinkedHashMap<>();
  private final Selection selection;

  private AnswerFilter(Selection selection, Set<Integer> keys) {
    this.selection = selection;
    selection
        .keys()
        .forEach(
            (name, value) -> {
              int tag = tag(name);
              if (!keys.contains(tag)) {
                throw unknown(name);
              }
              if (!value.isEmpty() && !value.equals("*")) {
                wanted.put(tag, pattern(tag, value));
              }
            });
  }

  static AnswerFilter ofSeries(Selection selection) {
    return new AnswerFilter(selection, SERIES);
  }

  static AnswerFilter ofInstances(Selection selection) {
    return new AnswerFilter(selection, INSTANCES);
  }

  List<Attributes> select(Stream<Attributes> answers) {
    return answers.filter(this::matches).skip(selection.offset()).limit(selection.limit()).toList();
  }

  private boolean matches(Attributes answer) {
    return wanted.entrySet().stream()
        .allMatch(
            key -> {
              String value = answer.getString(key.getKey());
              return value != null && key.getValue().matcher(value.strip()).matches();
            });
  }

  private static int tag(String name) {
    return name.matches("[0-9A-Fa-f]{8}")
        ? Integer.parseUnsignedInt(name, 16)
        : ElementDictionary.tagOf(name);
  }

  /** A list of UIDs, or a text with wildcards. */
  private static Pattern pattern(int tag, String value) {
    if (ElementDictionary.vrOf(tag) == org.vigil.dicom.data.VR.UI) {
      return Pattern.compile(
          Stream.of(value.split("[,\\\\]")).map(Pattern::quote).collect(Collectors.joining("|")));
    }
    StringBuilder pattern = new StringBuilder();
    for (char c : value.toCharArray()) {
      switch (c) {
        case '*' -> pattern.append(".*");
        case '?' -> pattern.append('.');
        default -> pattern.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }

  private static VigilException unknown(String name) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of(
            "field",
            name.replaceAll("[^A-Za-z0-9.]", "?").toLowerCase(Locale.ROOT),
            "problem",
            "is not a search key here"));
  }
}
