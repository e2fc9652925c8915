package org.vigil.integration.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.util.Terser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of a parsed message in their order, whatever structure holds them, with their
 * sequence as ERR-2.2 counts it: the nth segment of that name.
 */
final class Segments {
  /** HL7's explicit null: the sender deletes the value. */
  private static final String DELETED = "\"\"";

  private final List<Located> inOrder = new ArrayList<>();

  private Segments() {}

  static Segments of(Group message) throws HL7Exception {
    Segments segments = new Segments();
    segments.collect(message, new HashMap<>());
    return segments;
  }

  List<Located> inOrder() {
    return inOrder;
  }

  private void collect(Group group, Map<String, Integer> counts) throws HL7Exception {
    for (String name : group.getNames()) {
      for (Structure structure : group.getAll(name)) {
        if (structure instanceof Group inner) {
          collect(inner, counts);
        } else if (structure instanceof Segment segment && !segment.isEmpty()) {
          inOrder.add(new Located(segment, counts.merge(segment.getName(), 1, Integer::sum)));
        }
      }
    }
  }

  /** A segment and its place. */
  record Located(Segment segment, int sequence) {
    String name() {
      return segment.getName();
    }

    /** {@code PID^1^5}. */
    String location(int field) {
      return name() + "^" + sequence + "^" + field;
    }

    int repetitions(int field) {
      try {
        return segment.getField(field).length;
      } catch (HL7Exception absent) {
        return 0;
      }
    }

    /** First component of the first repetition; empty when absent or explicitly null. */
    String value(int field) {
      return value(field, 0, 1, 1);
    }

    String value(int field, int component) {
      return value(field, 0, component, 1);
    }

    /** Repetitions from 0; components and subcomponents from 1. */
    String value(int field, int repetition, int component, int subcomponent) {
      try {
        String value = Terser.get(segment, field, repetition, component, subcomponent);
        return value == null || value.equals(DELETED) ? "" : printable(value);
      } catch (HL7Exception absent) {
        return "";
      }
    }

    // Control characters have no meaning in these fields, and a database refuses NUL.
    private static String printable(String value) {
      return value.replaceAll("[\\x00-\\x1F\\x7F]", " ").trim();
    }
  }
}
