package org.vigil.dicom.io;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * Reads the Native DICOM Model (PS3.19 §A.1). Document types and entities are refused; values that
 * are only referred to are handed to the caller.
 */
public final class DicomXmlReader {

  private static final int DEEPEST = 64;
  private static final int MOST_VALUES = 1 << 20;

  private final XMLStreamReader xml;
  private final BulkDataReferences references;

  private DicomXmlReader(XMLStreamReader xml, BulkDataReferences references) {
    this.xml = xml;
    this.references = references;
  }

  /**
   * Reads one document.
   *
   * @throws DicomException {@link DicomError#MALFORMED} if it is no Native DICOM Model
   */
  public static Attributes read(Reader in, BulkDataReferences references) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        if (xml.getEventType() == XMLStreamConstants.DTD) {
          throw malformed("a document type is not allowed");
        }
      }
      if (!xml.getLocalName().equals("NativeDicomModel")) {
        throw malformed("the root is " + xml.getLocalName() + ", not NativeDicomModel");
      }
      Attributes dataset = new Attributes();
      new DicomXmlReader(xml, references).attributes(dataset, 0);
      return dataset;
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new DicomException(
          DicomError.MALFORMED, "The XML is no Native DICOM Model: " + e.getMessage(), e);
    }
  }

  private static DicomException malformed(String why) {
    return new DicomException(DicomError.MALFORMED, "The XML is no Native DICOM Model: " + why);
  }

  private void attributes(Attributes dataset, int depth) throws XMLStreamException, IOException {
    if (depth > DEEPEST) {
      throw new DicomException(
          DicomError.NESTED_TOO_DEEP, "Sequences are nested deeper than " + DEEPEST);
    }
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (!xml.getLocalName().equals("DicomAttribute")) {
        throw malformed(xml.getLocalName() + " is no DicomAttribute");
      }
      String number = xml.getAttributeValue(null, "tag");
      String vr = xml.getAttributeValue(null, "vr");
      if (number == null || !number.matches("[0-9A-Fa-f]{8}") || vr == null) {
        throw malformed("a DicomAttribute needs a tag of 8 digits and a vr");
      }
      int tag = (int) Long.parseLong(number, 16);
      String creator = xml.getAttributeValue(null, "privateCreator");
      if (creator != null && Tag.isPrivate(tag)) {
        tag = dataset.reservePrivateTag(creator, tag);
      }
      attribute(dataset, tag, VR.valueOf(vr), depth);
    }
  }

  private void attribute(Attributes dataset, int tag, VR vr, int depth)
      throws XMLStreamException, IOException {
    List<String> values = new ArrayList<>();
    byte[] bytes = null;
    Sequence items = vr == VR.SQ ? dataset.newSequence(tag, 4) : null;
    boolean elsewhere = false;
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "Value", "PersonName" -> {
          String number = xml.getAttributeValue(null, "number");
          pad(values, number == null ? values.size() + 1 : Integer.parseInt(number));
          values.add(xml.getLocalName().equals("Value") ? xml.getElementText() : personName());
        }
        case "InlineBinary" -> bytes = Base64.getMimeDecoder().decode(xml.getElementText());
        case "BulkData" -> {
          references.refer(dataset, tag, vr, xml.getAttributeValue(null, "uri"));
          elsewhere = true;
          xml.nextTag();
        }
        case "Item" -> {
          if (items == null) {
            throw malformed("an Item stands outside of a sequence");
          }
          Attributes item = new Attributes();
          items.add(item);
          attributes(item, depth + 1);
        }
        default -> throw malformed(xml.getLocalName() + " is unknown");
      }
    }
    if (bytes != null) {
      dataset.setBytes(tag, vr, bytes);
    } else if (items == null && !elsewhere) {
      TextValues.set(dataset, tag, vr, values);
    }
  }

  /** Empty values may be left out: the number says where the next one belongs. */
  private static void pad(List<String> values, int number) throws DicomException {
    if (number <= values.size() || number > MOST_VALUES) {
      throw malformed("values are not numbered in their order");
    }
    while (values.size() < number - 1) {
      values.add("");
    }
  }

  private String personName() throws XMLStreamException, DicomException {
    String[] groups = {"", "", ""};
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      int group =
          switch (xml.getLocalName()) {
            case "Alphabetic" -> 0;
            case "Ideographic" -> 1;
            case "Phonetic" -> 2;
            default -> throw malformed(xml.getLocalName() + " is no part of a name");
          };
      String[] parts = {"", "", "", "", ""};
      while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
        int part = DicomXml.namePart(xml.getLocalName());
        if (part < 0) {
          throw malformed(xml.getLocalName() + " is no part of a name");
        }
        parts[part] = xml.getElementText();
      }
      groups[group] = String.join("^", parts).replaceAll("\\^+$", "");
    }
    return String.join("=", groups).replaceAll("=+$", "");
  }
}
