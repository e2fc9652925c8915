package org.vigil.dicom.io;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.PersonName;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * Writes data sets in the DICOM JSON model (PS3.18 annex F), as WADO-RS metadata and QIDO-RS
 * answers need it. One data set gives one JSON object; answers put several into an array.
 */
public final class DicomJson {

  /** Where a client finds a value that is not written inline. */
  @FunctionalInterface
  public interface BulkDataUris {
    /**
     * The URI of one value.
     *
     * @param path tags and item numbers (from 1) from the top, for example {@code 7FE00010} or
     *     {@code 00880200/1/7FE00010}
     * @param length bytes of the value; -1 for encapsulated pixel data
     * @return the URI, or null to write the value inline (encapsulated pixel data is left out then)
     */
    String uriOf(String path, long length);
  }

  private static final String HEX = "0123456789ABCDEF";

  private final Appendable out;
  private final BulkDataUris uris;

  private DicomJson(Appendable out, BulkDataUris uris) {
    this.out = out;
    this.uris = uris;
  }

  /** Writes one data set as a JSON object; group lengths are left out. */
  public static void write(Attributes dataset, Appendable out, BulkDataUris uris)
      throws IOException {
    new DicomJson(out, uris).object(dataset, "");
  }

  /** One data set as a JSON object. */
  public static String toJson(Attributes dataset, BulkDataUris uris) throws IOException {
    StringWriter text = new StringWriter(4096);
    write(dataset, text, uris);
    return text.toString();
  }

  private void object(Attributes dataset, String path) throws IOException {
    out.append('{');
    boolean first = true;
    for (int tag : dataset.tags()) {
      if (Tag.element(tag) == 0) {
        continue;
      }
      Object value = dataset.getValue(tag);
      String name = String.format("%08X", tag);
      String uri = null;
      if (value instanceof Fragments) {
        uri = uris.uriOf(path + name, -1);
        if (uri == null) {
          continue;
        }
      }
      out.append(first ? "" : ",");
      first = false;
      element(dataset, tag, path + name, name, uri);
    }
    out.append('}');
  }

  private void element(Attributes dataset, int tag, String path, String name, String fragmentsUri)
      throws IOException {
    VR vr = dataset.getVR(tag);
    out.append('"').append(name).append("\":{\"vr\":\"").append(vr.name()).append('"');
    Object value = dataset.getValue(tag);
    if (fragmentsUri != null) {
      uri(fragmentsUri);
    } else if (value instanceof Sequence sequence) {
      items(sequence, path);
    } else if (isBytes(vr)) {
      binary(dataset, tag, path);
    } else if (tag == Tag.SpecificCharacterSet) {
      // PS3.18 §F.2.2: JSON is UTF-8, whatever the object was.
      out.append(",\"Value\":[\"ISO_IR 192\"]");
    } else {
      values(dataset, tag, vr);
    }
    out.append('}');
  }

  private static boolean isBytes(VR vr) {
    return switch (vr) {
      case OB, OD, OF, OL, OV, OW, UN -> true;
      default -> false;
    };
  }

  private void uri(String uri) throws IOException {
    out.append(",\"BulkDataURI\":");
    string(uri);
  }

  private void items(Sequence sequence, String path) throws IOException {
    if (sequence.isEmpty()) {
      return;
    }
    out.append(",\"Value\":[");
    for (int i = 0; i < sequence.size(); i++) {
      out.append(i == 0 ? "" : ",");
      object(sequence.get(i), path + "/" + (i + 1) + "/");
    }
    out.append(']');
  }

  private void binary(Attributes dataset, int tag, String path) throws IOException {
    Object value = dataset.getValue(tag);
    long length =
        value instanceof org.vigil.dicom.data.BulkData bulk
            ? bulk.length()
            : ((byte[]) value).length;
    if (length == 0) {
      return;
    }
    String uri = uris.uriOf(path, length);
    if (uri != null) {
      uri(uri);
    } else {
      out.append(",\"InlineBinary\":\"")
          .append(Base64.getEncoder().encodeToString(dataset.getBytes(tag)))
          .append('"');
    }
  }

  private void values(Attributes dataset, int tag, VR vr) throws IOException {
    String[] strings = dataset.getStrings(tag);
    if (strings.length == 0) {
      return;
    }
    out.append(",\"Value\":[");
    for (int i = 0; i < strings.length; i++) {
      out.append(i == 0 ? "" : ",");
      String text = strings[i];
      if (text.isEmpty()) {
        out.append("null");
      } else if (vr == VR.PN) {
        personName(PersonName.parse(text));
      } else if (isNumber(vr)) {
        number(text);
      } else {
        string(text);
      }
    }
    out.append(']');
  }

  private static boolean isNumber(VR vr) {
    return switch (vr) {
      case DS, IS, FL, FD, SL, SS, SV, UL, US, UV -> true;
      default -> false;
    };
  }

  /** A JSON number, or a string where the value is none (PS3.18 §F.2.3, note 2). */
  private void number(String text) throws IOException {
    try {
      out.append(new java.math.BigDecimal(text.trim()).toString());
    } catch (NumberFormatException e) {
      string(text);
    }
  }

  private void personName(PersonName name) throws IOException {
    out.append('{');
    String separator = "";
    String[] groups = {name.alphabetic(), name.ideographic(), name.phonetic()};
    String[] names = {"Alphabetic", "Ideographic", "Phonetic"};
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        out.append(separator).append('"').append(names[i]).append("\":");
        string(groups[i]);
        separator = ",";
      }
    }
    out.append('}');
  }

  private void string(String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
