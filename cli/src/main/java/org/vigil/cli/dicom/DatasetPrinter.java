package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.VR;

/** Writes a data set for people: one line an element, items indented. */
final class DatasetPrinter {

  private final PrintWriter out;
  private final int width;

  /**
   * @param out where to
   * @param width longest value to show, in characters
   */
  DatasetPrinter(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  /** Prints the data set. */
  void print(Attributes attributes) throws IOException {
    print(attributes, "");
  }

  private void print(Attributes attributes, String indent) throws IOException {
    attributes.forEach(
        (tag, vr, value) -> {
          out.printf(
              Locale.ROOT,
              "%s(%04X,%04X) %s %s  %s%n",
              indent,
              tag >>> 16,
              tag & 0xFFFF,
              vr,
              shown(attributes, tag, vr, value),
              name(tag));
          if (value instanceof Sequence sequence) {
            int number = 1;
            for (Attributes item : sequence) {
              out.println(indent + "  item " + number++);
              print(item, indent + "    ");
            }
          }
        });
  }

  private static String name(int tag) {
    String keyword = ElementDictionary.keywordOf(tag);
    return keyword == null || keyword.isEmpty() ? "?" : keyword;
  }

  private String shown(Attributes attributes, int tag, VR vr, Object value) {
    if (value instanceof Sequence sequence) {
      return sequence.size() + " items";
    }
    if (value instanceof Fragments fragments) {
      return fragments.size() + " fragments";
    }
    if (value instanceof BulkData bulk) {
      return bulk.length() + " bytes";
    }
    if (value instanceof byte[] bytes && (vr == VR.OB || vr == VR.OW || vr == VR.UN)) {
      return bytes.length + " bytes";
    }
    String[] strings = attributes.getStrings(tag);
    String text = "[" + (strings == null ? "" : String.join("\\", strings)) + "]";
    // Control characters of a hostile file must not reach the terminal.
    text = text.replaceAll("\\p{Cntrl}", "·");
    return text.length() > width ? text.substring(0, width) + "…" : text;
  }
}
