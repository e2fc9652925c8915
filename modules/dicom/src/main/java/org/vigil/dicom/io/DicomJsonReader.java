package org.vigil.dicom.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * Reads the DICOM JSON model (PS3.18 annex F) as it comes, without holding the text: one data set,
 * or several in an array. Text comes out as UTF-8 (ISO_IR 192). Values that are only referred to
 * are handed to the caller.
 */
public final class DicomJsonReader {
  private static final int DEEPEST = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private final JsonParser json;
  private final BulkDataReferences references;

  private DicomJsonReader(JsonParser json, BulkDataReferences references) {
    this.json = json;
    this.references = references;
  }

  /** Takes data sets one by one. */
  @FunctionalInterface
  public interface Datasets {
    /** The next data set. */
    void accept(Attributes dataset) throws IOException;
  }

  /**
   * Reads the only data set of a text, bare or in an array.
   *
   * @throws DicomException {@link DicomError#MALFORMED} if it is no DICOM JSON or not one data set
   */
  public static Attributes read(Reader in, BulkDataReferences references) throws IOException {
    List<Attributes> found = new ArrayList<>(1);
    readAll(
        in,
        references,
        dataset -> {
          if (!found.isEmpty()) {
            throw malformed("there is more than one data set");
          }
          found.add(dataset);
        });
    if (found.isEmpty()) {
      throw malformed("there is no data set");
    }
    return found.get(0);
  }

  /**
   * Reads every data set of a text, bare or in an array.
   *
   * @throws DicomException {@link DicomError#MALFORMED} if it is no DICOM JSON
   */
  public static void readAll(Reader in, BulkDataReferences references, Datasets datasets)
      throws IOException {
    try (JsonParser json = FACTORY.createParser(in)) {
      json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      DicomJsonReader reader = new DicomJsonReader(json, references);
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          datasets.accept(reader.dataset());
        }
      } else {
        datasets.accept(reader.dataset());
      }
      if (json.nextToken() != null) {
        throw malformed("something follows the data sets");
      }
    } catch (JsonProcessingException e) {
      // Its text quotes what it read, which may be patient data; the place says enough.
      throw new DicomException(
          DicomError.MALFORMED,
          "The text is no JSON, at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IllegalArgumentException e) {
      throw malformed("a value does not fit its VR");
    }
  }

  private static DicomException malformed(String why) {
    return new DicomException(DicomError.MALFORMED, "The JSON is no DICOM data set: " + why);
  }

  private Attributes dataset() throws IOException {
    Attributes dataset = new Attributes();
    attributes(dataset, 0);
    if (dataset.contains(Tag.SpecificCharacterSet)) {
      // Strings are Unicode now, whatever the object was encoded in (PS3.18 §F.2.2).
      dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    }
    return dataset;
  }

  private void attributes(Attributes dataset, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new DicomException(
          DicomError.NESTED_TOO_DEEP, "Sequences are nested deeper than " + DEEPEST);
    }
    expect(JsonToken.START_OBJECT, "a data set must be an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!name.matches("[0-9A-Fa-f]{8}")) {
        throw malformed("the name of an element is no tag of 8 digits");
      }
      json.nextToken();
      element(dataset, (int) Long.parseLong(name, 16), depth);
    }
  }

  private void expect(JsonToken token, String what) throws DicomException {
    if (json.currentToken() != token) {
      throw malformed(what);
    }
  }

  /** The members may come in any order, the VR last. */
  private void element(Attributes dataset, int tag, int depth) throws IOException {
    expect(JsonToken.START_OBJECT, Tag.toString(tag) + " must be an object");
    VR vr = null;
    List<String> values = new ArrayList<>();
    List<Attributes> items = new ArrayList<>();
    byte[] binary = null;
    String uri = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "vr" -> vr = VR.valueOf(json.getText());
        case "Value" -> values(tag, values, items, depth);
        case "InlineBinary" -> binary = Base64.getMimeDecoder().decode(json.getText());
        case "BulkDataURI" -> uri = json.getText();
        default -> json.skipChildren();
      }
    }
    if (vr == null) {
      throw malformed(Tag.toString(tag) + " has no vr");
    }
    set(dataset, tag, vr, values, items);
    if (binary != null && vr != VR.SQ) {
      dataset.setBytes(tag, vr, binary);
    } else if (uri != null) {
      dataset.remove(tag);
      references.refer(dataset, tag, vr, uri);
    }
  }

  private void values(int tag, List<String> values, List<Attributes> items, int depth)
      throws IOException {
    expect(JsonToken.START_ARRAY, Tag.toString(tag) + " has a Value that is no array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      switch (json.currentToken()) {
        case VALUE_NULL -> values.add("");
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.add(json.getText());
        case START_OBJECT -> object(values, items, depth);
        default -> throw malformed(Tag.toString(tag) + " has a value of an unknown kind");
      }
    }
  }

  /** A person's name, or an item: its members tell. */
  private void object(List<String> values, List<Attributes> items, int depth) throws IOException {
    String[] groups = {"", "", ""};
    boolean name = false;
    Attributes item = new Attributes();
    if (depth >= DEEPEST) {
      throw new DicomException(
          DicomError.NESTED_TOO_DEEP, "Sequences are nested deeper than " + DEEPEST);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      int group =
          switch (member.toLowerCase(Locale.ROOT)) {
            case "alphabetic" -> 0;
            case "ideographic" -> 1;
            case "phonetic" -> 2;
            default -> -1;
          };
      if (group >= 0) {
        groups[group] = json.getText();
        name = true;
      } else if (member.matches("[0-9A-Fa-f]{8}")) {
        element(item, (int) Long.parseLong(member, 16), depth + 1);
      } else {
        throw malformed("an item has a member that is neither a tag nor part of a name");
      }
    }
    if (name) {
      values.add(String.join("=", groups).replaceAll("=+$", ""));
    } else {
      items.add(item);
      values.add("");
    }
  }

  private static void set(
      Attributes dataset, int tag, VR vr, List<String> values, List<Attributes> items)
      throws DicomException {
    if (vr == VR.SQ) {
      Sequence sequence = dataset.newSequence(tag, items.size());
      items.forEach(sequence::add);
    } else if (!items.isEmpty() && vr != VR.PN) {
      throw malformed(Tag.toString(tag) + " has items, but is no sequence");
    } else {
      TextValues.set(dataset, tag, vr, values);
    }
  }
}
