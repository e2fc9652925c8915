package org.vigil.audit.export;

import java.util.Locale;
import org.openehealth.ipf.commons.audit.codes.EventActionCode;
import org.openehealth.ipf.commons.audit.codes.EventIdCode;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;

/**
 * How an action is told in the terms of DICOM PS3.15 A.5 and, from there, of FHIR: what kind of
 * event, and whether something was created, read, updated, deleted or executed.
 */
record Classification(EventIdCode event, EventActionCode action) {

  static Classification of(Action action, Outcome outcome) {
    return switch (action) {
      case LOGIN, LOGOUT ->
          new Classification(EventIdCode.UserAuthentication, EventActionCode.Execute);
      case ACCESS_REFUSED, MESSAGE_REFUSED, ASSOCIATION_REFUSED, OBJECT_REFUSED, ANOMALY_FOUND ->
          new Classification(EventIdCode.SecurityAlert, EventActionCode.Execute);
      case ORDER_RECEIVED -> new Classification(EventIdCode.OrderRecord, EventActionCode.Create);
      case ORDERS_VIEWED -> new Classification(EventIdCode.OrderRecord, EventActionCode.Read);
      case STUDY_RECEIVED ->
          new Classification(EventIdCode.DICOMInstancesTransferred, EventActionCode.Create);
      case IMAGE_ACCESSED ->
          new Classification(EventIdCode.DICOMInstancesAccessed, EventActionCode.Read);
      case STUDIES_SEARCHED, WORKLIST_VIEWED, WORKLIST_FOLLOWED, ANALYSES_LISTED ->
          new Classification(EventIdCode.Query, EventActionCode.Execute);
      case RESULT_DELIVERED, RESULT_DELIVERY_FAILED, AUDIT_EXPORTED, STUDY_DEIDENTIFIED ->
          new Classification(EventIdCode.Export, EventActionCode.Read);
      case AUDIT_QUERIED, AUDIT_VERIFIED, AUDIT_PROVED ->
          new Classification(EventIdCode.AuditLogUsed, EventActionCode.Read);
      default -> byName(action.name().toUpperCase(Locale.ROOT), outcome);
    };
  }

  /** Actions that modules add: their name's last word tells what was done. */
  private static Classification byName(String name, Outcome outcome) {
    if (outcome == Outcome.REFUSED) {
      return new Classification(EventIdCode.SecurityAlert, EventActionCode.Execute);
    }
    EventIdCode event =
        name.startsWith("ANALYSIS") || name.startsWith("AI_") || name.startsWith("FEEDBACK")
            ? EventIdCode.ProcedureRecord
            : name.startsWith("STUDY") || name.startsWith("ALERT")
                ? EventIdCode.PatientRecord
                : EventIdCode.ApplicationActivity;
    return new Classification(event, verb(name));
  }

  private static EventActionCode verb(String name) {
    String last = name.substring(name.lastIndexOf('_') + 1);
    return switch (last) {
      case "CREATED", "REQUESTED", "SET", "RAISED", "GIVEN", "DEPLOYED" -> EventActionCode.Create;
      case "VIEWED", "QUERIED", "REVEALED" -> EventActionCode.Read;
      case "CHANGED", "LIFTED", "ACKNOWLEDGED", "REVIEWED", "RELEASED", "MATCHED" ->
          EventActionCode.Update;
      case "DELETED", "CANCELLED", "REJECTED" -> EventActionCode.Delete;
      default -> EventActionCode.Execute;
    };
  }
}
