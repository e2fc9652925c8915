package org.vigil.dicom.io;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Base64;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.PersonName;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson.BulkDataUris;

/**
 * Writes data sets as the Native DICOM Model in XML (PS3.19 §A.1); {@link DicomXmlReader} reads.
 */
public final class DicomXml {
  static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

  private static final String[] NAME_PARTS = {
    "FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"
  };

  private final XMLStreamWriter xml;
  private final BulkDataUris uris;

  private DicomXml(XMLStreamWriter xml, BulkDataUris uris) {
    this.xml = xml;
    this.uris = uris;
  }

  /**
   * Writes one data set as a document; group lengths are left out.
   *
   * @param uris says which values are referred to; encapsulated pixel data that has no URI is left
   *     out
   */
  public static void write(Attributes dataset, Writer out, BulkDataUris uris) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("NativeDicomModel");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("xml:space", "preserve");
      new DicomXml(xml, uris).attributes(dataset, "");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("The data set cannot be written as XML: " + e.getMessage(), e);
    }
  }

  /** One data set as a document. */
  public static String toXml(Attributes dataset, BulkDataUris uris) throws IOException {
    StringWriter text = new StringWriter(4096);
    write(dataset, text, uris);
    return text.toString();
  }

  private void attributes(Attributes dataset, String path) throws XMLStreamException, IOException {
    for (int tag : dataset.tags()) {
      String name = String.format("%08X", tag);
      Object value = dataset.getValue(tag);
      String uri = value instanceof Fragments ? uris.uriOf(path + name, -1) : null;
      if (Tag.element(tag) == 0 || value instanceof Fragments && uri == null) {
        continue;
      }
      xml.writeStartElement("DicomAttribute");
      String creator = dataset.privateCreatorOf(tag);
      // Which block a creator happens to have says nothing (PS3.19 table A.1.5-2).
      xml.writeAttribute("tag", creator == null ? name : String.format("%08X", tag & 0xFFFF00FF));
      xml.writeAttribute("vr", dataset.getVR(tag).name());
      String keyword = ElementDictionary.keywordOf(tag);
      if (keyword != null) {
        xml.writeAttribute("keyword", keyword);
      }
      if (creator != null) {
        xml.writeAttribute("privateCreator", creator);
      }
      if (uri != null) {
        bulk(uri);
      } else if (value instanceof Sequence sequence) {
        for (int i = 0; i < sequence.size(); i++) {
          xml.writeStartElement("Item");
          xml.writeAttribute("number", Integer.toString(i + 1));
          attributes(sequence.get(i), path + name + "/" + (i + 1) + "/");
          xml.writeEndElement();
        }
      } else if (isBytes(dataset.getVR(tag))) {
        binary(dataset, tag, path + name);
      } else {
        values(dataset, tag);
      }
      xml.writeEndElement();
    }
  }

  static boolean isBytes(VR vr) {
    return switch (vr) {
      case OB, OD, OF, OL, OV, OW, UN -> true;
      default -> false;
    };
  }

  private void bulk(String uri) throws XMLStreamException {
    xml.writeEmptyElement("BulkData");
    xml.writeAttribute("uri", uri);
  }

  private void binary(Attributes dataset, int tag, String path)
      throws XMLStreamException, IOException {
    Object value = dataset.getValue(tag);
    long length = value instanceof BulkData bulk ? bulk.length() : ((byte[]) value).length;
    if (length == 0) {
      return;
    }
    String uri = uris.uriOf(path, length);
    if (uri != null) {
      bulk(uri);
    } else {
      text("InlineBinary", 0, Base64.getEncoder().encodeToString(dataset.getBytes(tag)));
    }
  }

  private void values(Attributes dataset, int tag) throws XMLStreamException {
    String[] values = dataset.getStrings(tag);
    for (int i = 0; i < values.length; i++) {
      if (dataset.getVR(tag) == VR.PN) {
        personName(PersonName.parse(values[i]), i + 1);
      } else if (tag == Tag.SpecificCharacterSet) {
        // The document is UTF-8, whatever the object was (PS3.19 §A.1.6).
        if (i == 0) {
          text("Value", 1, "ISO_IR 192");
        }
      } else {
        text("Value", i + 1, values[i]);
      }
    }
  }

  private void personName(PersonName name, int number) throws XMLStreamException {
    xml.writeStartElement("PersonName");
    xml.writeAttribute("number", Integer.toString(number));
    group("Alphabetic", name.alphabetic());
    group("Ideographic", name.ideographic());
    group("Phonetic", name.phonetic());
    xml.writeEndElement();
  }

  private void group(String element, String group) throws XMLStreamException {
    if (group.isEmpty()) {
      return;
    }
    xml.writeStartElement(element);
    String[] parts = group.split("\\^", -1);
    for (int i = 0; i < Math.min(parts.length, NAME_PARTS.length); i++) {
      if (!parts[i].isEmpty()) {
        text(NAME_PARTS[i], 0, parts[i]);
      }
    }
    xml.writeEndElement();
  }

  private void text(String element, int number, String text) throws XMLStreamException {
    xml.writeStartElement(element);
    if (number > 0) {
      xml.writeAttribute("number", Integer.toString(number));
    }
    xml.writeCharacters(printable(text));
    xml.writeEndElement();
  }

  /** XML 1.0 has no control characters but tab and line ends. */
  private static String printable(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
      if (!allowed && clean == null) {
        clean = new StringBuilder(text);
      }
      if (!allowed) {
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean == null ? text : clean.toString();
  }

  static int namePart(String element) {
    for (int i = 0; i < NAME_PARTS.length; i++) {
      if (NAME_PARTS[i].equals(element)) {
        return i;
      }
    }
    return -1;
  }
}
