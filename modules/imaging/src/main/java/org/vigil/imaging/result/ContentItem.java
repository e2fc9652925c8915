package org.vigil.imaging.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.ResultContent.Box;
import org.vigil.kernel.Code;

/** Content items of a structured report (PS3.3 §C.17.3), made with the fewest words possible. */
final class ContentItem {
  static final String CONTAINS = "CONTAINS";
  static final String HAS_OBS_CONTEXT = "HAS OBS CONTEXT";
  static final String HAS_CONCEPT_MOD = "HAS CONCEPT MOD";
  static final String HAS_ACQ_CONTEXT = "HAS ACQ CONTEXT";
  static final String SELECTED_FROM = "SELECTED FROM";

  private final Attributes attributes;

  private ContentItem(Attributes attributes) {
    this.attributes = attributes;
  }

  /** The root of a report, whose attributes lie in the data set itself. */
  static ContentItem root(Attributes dataset, Code title, String template) {
    ContentItem root = new ContentItem(dataset);
    root.fillContainer(title, template);
    return root;
  }

  Attributes attributes() {
    return attributes;
  }

  /** Adds a container; {@code template} names the TID it follows, or is null. */
  ContentItem container(String relationship, Code concept, String template) {
    ContentItem item = child(relationship);
    item.fillContainer(concept, template);
    return item;
  }

  ContentItem code(String relationship, Code concept, Code value) {
    ContentItem item = child(relationship, "CODE", concept);
    item.attributes.newSequence(Tag.ConceptCodeSequence, 1).add(coded(value));
    return item;
  }

  ContentItem text(String relationship, Code concept, String value) {
    ContentItem item = child(relationship, "TEXT", concept);
    item.attributes.setString(Tag.TextValue, VR.UT, value);
    return item;
  }

  ContentItem uid(String relationship, Code concept, String value) {
    ContentItem item = child(relationship, "UIDREF", concept);
    item.attributes.setString(Tag.UID, VR.UI, value);
    return item;
  }

  ContentItem date(String relationship, Code concept, String value) {
    ContentItem item = child(relationship, "DATE", concept);
    item.attributes.setString(Tag.Date, VR.DA, value);
    return item;
  }

  ContentItem time(String relationship, Code concept, String value) {
    ContentItem item = child(relationship, "TIME", concept);
    item.attributes.setString(Tag.Time, VR.TM, value);
    return item;
  }

  /** Adds a number, rounded to two decimals. */
  ContentItem number(String relationship, Code concept, double value, Code unit) {
    ContentItem item = child(relationship, "NUM", concept);
    Attributes measured = new Attributes(4);
    item.attributes.newSequence(Tag.MeasuredValueSequence, 1).add(measured);
    String text =
        BigDecimal.valueOf(value)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    measured.setString(Tag.NumericValue, VR.DS, text);
    measured.newSequence(Tag.MeasurementUnitsCodeSequence, 1).add(coded(unit));
    return item;
  }

  /** Adds a reference to an image; {@code concept} may be null where the template has none. */
  ContentItem image(String relationship, Code concept, SourceImage image, int frame) {
    ContentItem item = child(relationship, "IMAGE", concept);
    Attributes reference = image.reference();
    if (image.numberOfFrames() > 1) {
      reference.setInt(Tag.ReferencedFrameNumber, VR.IS, frame);
    }
    item.attributes.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    return item;
  }

  /**
   * Adds a rectangle as a closed polyline (PS3.3 §C.18.6), in pixels from the top left corner of
   * the top left pixel.
   */
  ContentItem rectangle(String relationship, Code concept, Box box) {
    ContentItem item = child(relationship, "SCOORD", concept);
    double right = box.x() + box.width();
    double bottom = box.y() + box.height();
    item.attributes.setDouble(
        Tag.GraphicData,
        VR.FL,
        box.x(),
        box.y(),
        right,
        box.y(),
        right,
        bottom,
        box.x(),
        bottom,
        box.x(),
        box.y());
    item.attributes.setString(Tag.GraphicType, VR.CS, "POLYLINE");
    return item;
  }

  /** A coded concept as a sequence item (PS3.3 §8). */
  static Attributes coded(Code code) {
    Attributes item = new Attributes(4);
    item.setString(Tag.CodeValue, VR.SH, code.value());
    item.setString(Tag.CodingSchemeDesignator, VR.SH, code.scheme());
    item.setString(Tag.CodeMeaning, VR.LO, code.meaning());
    return item;
  }

  private void fillContainer(Code concept, String template) {
    attributes.setString(Tag.ValueType, VR.CS, "CONTAINER");
    attributes.newSequence(Tag.ConceptNameCodeSequence, 1).add(coded(concept));
    attributes.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    if (template != null) {
      Attributes identification = new Attributes(2);
      identification.setString(Tag.MappingResource, VR.CS, "DCMR");
      identification.setString(Tag.TemplateIdentifier, VR.CS, template);
      attributes.newSequence(Tag.ContentTemplateSequence, 1).add(identification);
    }
  }

  private ContentItem child(String relationship, String valueType, Code concept) {
    ContentItem item = child(relationship);
    item.attributes.setString(Tag.ValueType, VR.CS, valueType);
    if (concept != null) {
      item.attributes.newSequence(Tag.ConceptNameCodeSequence, 1).add(coded(concept));
    }
    return item;
  }

  private ContentItem child(String relationship) {
    Sequence children = attributes.getSequence(Tag.ContentSequence);
    if (children == null) {
      children = attributes.newSequence(Tag.ContentSequence, 8);
    }
    Attributes item = new Attributes(8);
    item.setString(Tag.RelationshipType, VR.CS, relationship);
    children.add(item);
    return new ContentItem(item);
  }
}
