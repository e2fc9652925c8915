package org.vigil.audit.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.openehealth.ipf.commons.audit.codes.EventIdCode;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;

/**
 * Events as FHIR R4 AuditEvent. Reads and searches over REST follow IHE's Basic Audit Log Patterns
 * and claim its profile; what the patterns do not know is a plain AuditEvent with DICOM's codes.
 */
final class FhirAuditEvents {
  private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/";
  private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String RESTFUL = "http://hl7.org/fhir/restful-interaction";
  private static final String ENTITY_TYPES =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ROLES = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final Coding SOURCE = new Coding(DCM, "110153", "Source Role ID");
  private static final Coding DESTINATION = new Coding(DCM, "110152", "Destination Role ID");
  private static final Coding PERSON = new Coding(ENTITY_TYPES, "1", "Person");
  private static final Coding OBJECT = new Coding(ENTITY_TYPES, "2", "System Object");
  private static final Coding OTHER = new Coding(ENTITY_TYPES, "4", "Other");
  private static final String HOST = host();
  private static final Set<Action> READS =
      Set.of(Action.IMAGE_ACCESSED, Action.STUDY_VIEWED, Action.ANALYSIS_VIEWED);
  private static final Set<Action> SEARCHES =
      Set.of(Action.STUDIES_SEARCHED, Action.WORKLIST_VIEWED, Action.ANALYSES_LISTED);
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private FhirAuditEvents() {}

  /** One resource as one line of JSON. */
  static String json(Entry entry, String source) {
    return FHIR.newJsonParser().encodeResourceToString(resource(entry, source));
  }

  /** A page of a search. */
  static String bundle(List<Entry> entries, String source, String self, String next) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.SEARCHSET);
    bundle.addLink().setRelation("self").setUrl(self);
    if (next != null) {
      bundle.addLink().setRelation("next").setUrl(next);
    }
    entries.forEach(
        entry ->
            bundle
                .addEntry()
                .setResource(resource(entry, source))
                .getSearch()
                .setMode(Bundle.SearchEntryMode.MATCH));
    return FHIR.newJsonParser().encodeResourceToString(bundle);
  }

  static AuditEvent resource(Entry entry, String source) {
    AuditEvent event = new AuditEvent();
    event.setId(Long.toString(entry.id()));
    boolean read = READS.contains(entry.action());
    boolean search = SEARCHES.contains(entry.action());
    Classification kind = Classification.of(entry.action(), entry.outcome());
    if (read || search) {
      if (followsPattern(entry, search)) {
        event
            .getMeta()
            .addProfile(
                BALP
                    + "IHE.BasicAudit."
                    + (entry.patientId() == null ? "" : "Patient")
                    + (read ? "Read" : "Query"));
      }
      event.setType(new Coding(TYPES, "rest", "Restful Operation"));
      event.addSubtype(new Coding(RESTFUL, read ? "read" : "search-type", null));
      event.setAction(read ? AuditEventAction.R : AuditEventAction.E);
    } else {
      event.setType(coding(kind.event()));
      event.setAction(AuditEventAction.fromCode(kind.action().getValue()));
    }
    event.addSubtype(new Coding("urn:vigil:audit-action", entry.action().name(), null));
    event.setRecordedElement(
        new InstantType(
            Date.from(entry.occurredAt()),
            TemporalPrecisionEnum.MILLI,
            java.util.TimeZone.getTimeZone("UTC")));
    event.setOutcome(
        entry.outcome() == Outcome.SUCCESS
            ? AuditEventOutcome._0
            : entry.outcome() == Outcome.REFUSED ? AuditEventOutcome._4 : AuditEventOutcome._8);
    event
        .addAgent(agent(entry.actorName(), read ? DESTINATION : SOURCE, entry.actorAddress()))
        .addAgent(agent("Vigil", read ? SOURCE : DESTINATION, HOST));
    event.getAgent().get(1).getNetwork().setType(AuditEventAgentNetworkType._1);
    event.getAgentFirstRep().setRequestor(!"SYSTEM".equals(entry.actorKind()));
    event.getSource().setSite(source).setObserver(named("Vigil"));
    if (entry.patientId() != null) {
      AuditEventEntityComponent patient =
          entity(PERSON, new Coding(ROLES, "1", "Patient"), entry.patientId());
      patient.getWhat().setType("Patient");
      event.addEntity(patient);
    }
    if (search) {
      // The pattern wants the query itself; the trail keeps its criteria, not its URL.
      AuditEventEntityComponent query = entity(OBJECT, new Coding(ROLES, "24", "Query"), null);
      query.setQuery(entry.details().toString().getBytes(StandardCharsets.UTF_8));
      event.addEntity(query);
    }
    // A pattern allows one system object: what was read, or the query.
    boolean one = read || search;
    if (entry.studyInstanceUid() != null) {
      String study = "urn:oid:" + entry.studyInstanceUid();
      event.addEntity(entity(search ? OTHER : OBJECT, new Coding(ROLES, "3", "Report"), study));
    }
    AuditEventEntityComponent what =
        entity(
            one && (search || entry.studyInstanceUid() != null) ? OTHER : OBJECT,
            new Coding(ROLES, "4", "Domain Resource"),
            entry.entity());
    if (!search) {
      entry
          .details()
          .forEach((name, value) -> what.addDetail().setType(name).setValue(new StringType(value)));
    }
    if (entry.entity() != null || what.hasDetail()) {
      event.addEntity(what);
    }
    return event;
  }

  /** Patterns are of what went well, between two ends known by address, about something named. */
  private static boolean followsPattern(Entry entry, boolean search) {
    return entry.outcome() == Outcome.SUCCESS
        && entry.actorAddress() != null
        && (search || entry.studyInstanceUid() != null || entry.entity() != null);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Coding coding(EventIdCode code) {
    return new Coding(DCM, code.getValue().getCode(), code.getValue().getOriginalText());
  }

  private static AuditEventAgentComponent agent(String name, Coding role, String address) {
    AuditEventAgentComponent agent = new AuditEventAgentComponent();
    agent.setType(new CodeableConcept(role)).setWho(named(name)).setRequestor(false);
    if (address != null) {
      agent.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2);
    }
    return agent;
  }

  private static AuditEventEntityComponent entity(Coding type, Coding role, String id) {
    AuditEventEntityComponent entity = new AuditEventEntityComponent();
    entity.setType(type.copy());
    entity.setRole(role);
    if (id != null) {
      entity.setWhat(named(id));
    }
    return entity;
  }

  private static Reference named(String id) {
    return new Reference().setIdentifier(new Identifier().setValue(id));
  }
}
