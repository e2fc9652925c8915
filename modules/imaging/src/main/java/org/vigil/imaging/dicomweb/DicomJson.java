package org.vigil.imaging.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Base64;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.PersonName;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * The DICOM JSON model (PS3.18 annex F). Long binary values become a {@code BulkDataURI}, short
 * ones {@code InlineBinary}.
 */
final class DicomJson implements AutoCloseable {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LONGEST_INLINE = 1024;

  private final JsonGenerator json;

  DicomJson(OutputStream out) throws IOException {
    json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartArray();
  }

  /**
   * Adds a data set to the array.
   *
   * @param bulkUri URI below which its long values are found
   */
  void add(Attributes dataset, String bulkUri) throws IOException {
    write(dataset, bulkUri);
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.close();
  }

  private void write(Attributes dataset, String uri) throws IOException {
    json.writeStartObject();
    for (int tag : dataset.tags()) {
      // Group lengths say nothing outside their encoding; JSON is always UTF-8 (PS3.18 §F.2.2).
      if (Tag.element(tag) != 0 && Tag.group(tag) != 2 && tag != Tag.SpecificCharacterSet) {
        element(dataset, tag, uri);
      }
    }
    json.writeEndObject();
  }

  private void element(Attributes dataset, int tag, String uri) throws IOException {
    VR vr = dataset.getVR(tag);
    String name = String.format("%08X", tag);
    json.writeObjectFieldStart(name);
    json.writeStringField("vr", vr.name());
    Object value = dataset.getValue(tag);
    if (value instanceof Sequence sequence) {
      items(sequence, uri + "/" + name);
    } else if (value instanceof Fragments || value instanceof BulkData || tag == Tag.PixelData) {
      json.writeStringField("BulkDataURI", uri + "/" + name);
    } else if (isBytes(vr)) {
      bytes(dataset.getBytes(tag), uri + "/" + name);
    } else {
      values(dataset, tag, vr);
    }
    json.writeEndObject();
  }

  private void items(Sequence sequence, String uri) throws IOException {
    if (sequence.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("Value");
    for (int i = 0; i < sequence.size(); i++) {
      write(sequence.get(i), uri + "/" + i);
    }
    json.writeEndArray();
  }

  private static boolean isBytes(VR vr) {
    return switch (vr) {
      case OB, OD, OF, OL, OV, OW, UN -> true;
      default -> false;
    };
  }

  private void bytes(byte[] bytes, String uri) throws IOException {
    if (bytes.length > LONGEST_INLINE) {
      json.writeStringField("BulkDataURI", uri);
    } else if (bytes.length > 0) {
      json.writeStringField("InlineBinary", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void values(Attributes dataset, int tag, VR vr) throws IOException {
    switch (vr) {
      case US, SS, UL, SL -> numbers(dataset.getLongs(tag));
      case FL, FD -> numbers(dataset.getDoubles(tag));
      case AT -> strings(dataset.getStrings(tag));
      case PN -> names(dataset.getStrings(tag));
      case IS, DS, SV, UV -> decimals(dataset.getStrings(tag));
      default -> strings(dataset.getStrings(tag));
    }
  }

  private void numbers(long[] values) throws IOException {
    if (values.length > 0) {
      json.writeArrayFieldStart("Value");
      for (long value : values) {
        json.writeNumber(value);
      }
      json.writeEndArray();
    }
  }

  /** What JSON has no number for travels as a string (PS3.18 §F.2.2). */
  private void numbers(double[] values) throws IOException {
    if (values.length > 0) {
      json.writeArrayFieldStart("Value");
      for (double value : values) {
        if (Double.isFinite(value)) {
          json.writeNumber(value);
        } else {
          json.writeString(Double.toString(value));
        }
      }
      json.writeEndArray();
    }
  }

  private void decimals(String[] values) throws IOException {
    if (values.length > 0) {
      json.writeArrayFieldStart("Value");
      for (String value : values) {
        decimal(value == null ? "" : value.trim());
      }
      json.writeEndArray();
    }
  }

  private void decimal(String value) throws IOException {
    if (value.isEmpty()) {
      json.writeNull();
      return;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      // Not a number by the standard either; passed on as it is (PS3.18 §F.2.2 allows strings).
      json.writeString(value);
      return;
    }
    json.writeNumber(number);
  }

  private void strings(String[] values) throws IOException {
    if (values.length > 0) {
      json.writeArrayFieldStart("Value");
      for (String value : values) {
        if (value == null || value.isEmpty()) {
          json.writeNull();
        } else {
          json.writeString(value);
        }
      }
      json.writeEndArray();
    }
  }

  private void names(String[] values) throws IOException {
    if (values.length == 0) {
      return;
    }
    json.writeArrayFieldStart("Value");
    for (String value : values) {
      if (value == null || value.isEmpty()) {
        json.writeNull();
        continue;
      }
      PersonName name = PersonName.parse(value);
      json.writeStartObject();
      group("Alphabetic", name.alphabetic());
      group("Ideographic", name.ideographic());
      group("Phonetic", name.phonetic());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void group(String key, String value) throws IOException {
    if (value != null && !value.isEmpty()) {
      json.writeStringField(key, value);
    }
  }
}
