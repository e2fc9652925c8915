package org.vigil.dicom.sr;

import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * An item of a structured report's content tree (PS3.3 §C.17.3): value type, concept name, value
 * and children with their relationship types.
 *
 * <pre>{@code
 * ContentItem.container(Code.of("DCM", "126000", "Imaging Measurement Report"))
 *     .template("DCMR", "1500")
 *     .add(Relationship.CONTAINS,
 *         ContentItem.code(Code.of("DCM", "121071", "Finding"), pneumothorax))
 *     .writeTo(dataset);
 * }</pre>
 */
public final class ContentItem {

  /** Relationship Type of a child to its parent (PS3.3 table C.17.3.2.4). */
  public enum Relationship {
    CONTAINS("CONTAINS"),
    HAS_OBS_CONTEXT("HAS OBS CONTEXT"),
    HAS_ACQ_CONTEXT("HAS ACQ CONTEXT"),
    HAS_CONCEPT_MOD("HAS CONCEPT MOD"),
    HAS_PROPERTIES("HAS PROPERTIES"),
    INFERRED_FROM("INFERRED FROM"),
    SELECTED_FROM("SELECTED FROM");

    private final String term;

    Relationship(String term) {
      this.term = term;
    }

    /** The defined term, with spaces. */
    public String term() {
      return term;
    }
  }

  /** Graphic Type of a spatial coordinate (PS3.3 §C.18.6.1.2). */
  public enum Graphic {
    POINT,
    MULTIPOINT,
    POLYLINE,
    CIRCLE,
    ELLIPSE
  }

  private final Attributes attributes;

  private ContentItem(Attributes attributes) {
    this.attributes = attributes;
  }

  private static ContentItem of(String valueType, Code name) {
    Attributes item = new Attributes(8);
    item.setString(Tag.ValueType, VR.CS, valueType);
    if (name != null) {
      name.putInto(item, Tag.ConceptNameCodeSequence);
    }
    return new ContentItem(item);
  }

  /** CONTAINER with Continuity of Content SEPARATE. */
  public static ContentItem container(Code name) {
    ContentItem item = of("CONTAINER", name);
    item.attributes.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    return item;
  }

  /** CODE. */
  public static ContentItem code(Code name, Code value) {
    ContentItem item = of("CODE", name);
    value.putInto(item.attributes, Tag.ConceptCodeSequence);
    return item;
  }

  /** TEXT. */
  public static ContentItem text(Code name, String value) {
    ContentItem item = of("TEXT", name);
    item.attributes.setString(Tag.TextValue, VR.UT, value);
    return item;
  }

  /** UIDREF. */
  public static ContentItem uidRef(Code name, String uid) {
    ContentItem item = of("UIDREF", name);
    item.attributes.setString(Tag.UID, VR.UI, uid);
    return item;
  }

  /** PNAME. */
  public static ContentItem personName(Code name, String value) {
    ContentItem item = of("PNAME", name);
    item.attributes.setString(Tag.PersonName, VR.PN, value);
    return item;
  }

  /** DATETIME, as {@code YYYYMMDDHHMMSS.FFFFFF&ZZXX} or a part of it. */
  public static ContentItem dateTime(Code name, String value) {
    ContentItem item = of("DATETIME", name);
    item.attributes.setString(Tag.DateTime, VR.DT, value);
    return item;
  }

  /** NUM: a number, as decimal string and as double, with its UCUM unit. */
  public static ContentItem number(Code name, double value, Code unit) {
    ContentItem item = of("NUM", name);
    Attributes measured = new Attributes(4);
    measured.setDouble(Tag.NumericValue, VR.DS, value);
    measured.setDouble(Tag.FloatingPointValue, VR.FD, value);
    unit.putInto(measured, Tag.MeasurementUnitsCodeSequence);
    item.attributes.newSequence(Tag.MeasuredValueSequence, 1).add(measured);
    return item;
  }

  /** NUM without a value, with the qualifier that says why (PS3.16 CID 42). */
  public static ContentItem numberMissing(Code name, Code qualifier) {
    ContentItem item = of("NUM", name);
    item.attributes.setNull(Tag.MeasuredValueSequence, VR.SQ);
    qualifier.putInto(item.attributes, Tag.NumericValueQualifierCodeSequence);
    return item;
  }

  /**
   * IMAGE.
   *
   * @param name null where the template gives none
   * @param frames frame numbers from 1; none for the whole image
   */
  public static ContentItem image(
      Code name, String sopClassUid, String sopInstanceUid, int... frames) {
    return reference("IMAGE", name, sopClassUid, sopInstanceUid, frames);
  }

  /** COMPOSITE: an object that is no image. */
  public static ContentItem composite(Code name, String sopClassUid, String sopInstanceUid) {
    return reference("COMPOSITE", name, sopClassUid, sopInstanceUid);
  }

  private static ContentItem reference(
      String valueType, Code name, String sopClassUid, String sopInstanceUid, int... frames) {
    ContentItem item = of(valueType, name);
    Attributes reference = new Attributes(4);
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
    if (frames.length > 0) {
      reference.setInt(Tag.ReferencedFrameNumber, VR.IS, frames);
    }
    item.attributes.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    return item;
  }

  /**
   * SCOORD: points of an image; its image is added as child with {@link
   * Relationship#SELECTED_FROM}.
   *
   * @param points column and row of each point in pixels, the top left corner of the image being 0,
   *     0 and the centre of the first pixel 0.5, 0.5 (PS3.3 §C.18.6.1)
   */
  public static ContentItem spatial(Code name, Graphic graphic, double... points) {
    if (points.length == 0 || points.length % 2 != 0) {
      throw new IllegalArgumentException("Points are pairs of column and row");
    }
    ContentItem item = of("SCOORD", name);
    item.attributes.setString(Tag.GraphicType, VR.CS, graphic.name());
    item.attributes.setDouble(Tag.GraphicData, VR.FL, points);
    return item;
  }

  /** Names the template this container is made by (PS3.3 §C.18.8). */
  public ContentItem template(String mappingResource, String identifier) {
    Attributes template = new Attributes(2);
    template.setString(Tag.MappingResource, VR.CS, mappingResource);
    template.setString(Tag.TemplateIdentifier, VR.CS, identifier);
    attributes.newSequence(Tag.ContentTemplateSequence, 1).add(template);
    return this;
  }

  /** Appends a child, which belongs to this item from now on; returns this item. */
  public ContentItem add(Relationship relationship, ContentItem child) {
    child.attributes.setString(Tag.RelationshipType, VR.CS, relationship.term);
    Sequence children = attributes.getSequence(Tag.ContentSequence);
    if (children == null) {
      children = attributes.newSequence(Tag.ContentSequence, 8);
    }
    children.add(child.attributes);
    return this;
  }

  /** Puts this item, as root of the content tree, into a report's data set. */
  public void writeTo(Attributes report) {
    report.addAll(attributes);
  }

  /** The content tree of a report, or of an item of its Content Sequence. */
  public static ContentItem from(Attributes report) {
    return new ContentItem(report);
  }

  /** The item's data elements; changing them changes the item. */
  public Attributes attributes() {
    return attributes;
  }

  /** Value Type, for example {@code NUM}; null where the item refers to another by reference. */
  public String valueType() {
    return attributes.getString(Tag.ValueType);
  }

  /** Relationship Type to the parent; null for the root. */
  public String relationshipType() {
    return attributes.getString(Tag.RelationshipType);
  }

  /** Concept name, or null. */
  public Code name() {
    return Code.from(attributes, Tag.ConceptNameCodeSequence);
  }

  /** Value of a CODE item, or null. */
  public Code codeValue() {
    return Code.from(attributes, Tag.ConceptCodeSequence);
  }

  /** Value of a TEXT item, or null. */
  public String textValue() {
    return attributes.getString(Tag.TextValue);
  }

  /** Value of a NUM item, or NaN. */
  public double numericValue() {
    Attributes measured = attributes.getNestedDataset(Tag.MeasuredValueSequence);
    return measured == null
        ? Double.NaN
        : measured.getDouble(
            Tag.FloatingPointValue, measured.getDouble(Tag.NumericValue, Double.NaN));
  }

  /** The children in their order. */
  public List<ContentItem> children() {
    Sequence sequence = attributes.getSequence(Tag.ContentSequence);
    List<ContentItem> children = new ArrayList<>();
    if (sequence != null) {
      sequence.forEach(item -> children.add(new ContentItem(item)));
    }
    return children;
  }

  /** All items of this tree with a concept name, this one included, parents before children. */
  public List<ContentItem> find(Code name) {
    List<ContentItem> found = new ArrayList<>();
    if (name.sameConcept(name())) {
      found.add(this);
    }
    children().forEach(child -> found.addAll(child.find(name)));
    return found;
  }
}
