package org.vigil.tests.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unified procedure steps in DICOM JSON, as peers send them. */
final class WorkitemBodies {
  private WorkitemBodies() {}

  /** A new workitem. */
  static Map<String, Object> step(String patientId) {
    Map<String, Object> step = new LinkedHashMap<>();
    put(step, "00100020", "LO", patientId);
    put(step, "00404005", "DT", "20261122120000");
    step.put("00404018", sequence(code("110004")));
    put(step, "00404041", "CS", "READY");
    put(step, "00741000", "CS", "SCHEDULED");
    put(step, "00741200", "CS", "MEDIUM");
    put(step, "00741202", "LO", "Post-processing");
    put(step, "00741204", "LO", "Segment the lungs");
    return step;
  }

  /** What its performer says before it is completed. */
  static Map<String, Object> performed() {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("00404019", sequence(code("110004")));
    item.put("00404028", sequence(code("ST1")));
    item.put("00404033", Map.of("vr", "SQ"));
    put(item, "00404050", "DT", "20261122120000");
    put(item, "00404051", "DT", "20261122120500");
    return Map.of("00741216", sequence(item));
  }

  /**
   * A change of state.
   *
   * @param transaction or null
   */
  static Map<String, Object> change(String state, String transaction) {
    Map<String, Object> change = new LinkedHashMap<>();
    if (transaction != null) {
      put(change, "00081195", "UI", transaction);
    }
    put(change, "00741000", "CS", state);
    return change;
  }

  private static Map<String, Object> code(String value) {
    Map<String, Object> code = new LinkedHashMap<>();
    put(code, "00080100", "SH", value);
    put(code, "00080102", "SH", "DCM");
    return code;
  }

  static Map<String, Object> sequence(Map<String, Object> item) {
    return Map.of("vr", "SQ", "Value", List.of(item));
  }

  static void put(Map<String, Object> dataset, String tag, String vr, String value) {
    dataset.put(tag, Map.of("vr", vr, "Value", List.of(value)));
  }
}
