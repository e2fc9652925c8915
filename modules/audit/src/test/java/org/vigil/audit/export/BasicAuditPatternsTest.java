package org.vigil.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;

/**
 * Every action, outcome and lack of a field as FHIR: each is whole by R4's cardinalities, and who
 * claims one of IHE's Basic Audit Log Patterns has what the pattern demands. The demands are those
 * of BALP 1.1's profiles Read, PatientRead, Query and PatientQuery, written down by hand: the
 * package of the guide is on no registry that this build uses.
 */
class BasicAuditPatternsTest {
  private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  static Stream<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Action action : Action.values()) {
      for (Outcome outcome : Outcome.values()) {
        for (int lacks = 0; lacks < 32; lacks++) {
          entries.add(
              new Entry(
                  42,
                  Instant.parse("2026-11-22T02:17:00.123456Z"),
                  action,
                  outcome,
                  "PERSON",
                  "reader",
                  (lacks & 1) == 0 ? "10.0.0.7" : null,
                  (lacks & 2) == 0 ? "1.2.3" : null,
                  (lacks & 4) == 0 ? "P1" : null,
                  (lacks & 8) == 0 ? "analysis-1" : null,
                  (lacks & 16) == 0 ? Map.of("modelVersion", "1.1.0") : Map.of()));
        }
      }
    }
    return entries.stream();
  }

  static Stream<Action> actions() {
    return Stream.of(Action.values());
  }

  @ParameterizedTest
  @MethodSource("actions")
  void anEventIsWholeAndHasWhatThePatternThatItClaimsDemands(Action action) {
    entries()
        .filter(entry -> entry.action() == action)
        .forEach(
            entry -> {
              AuditEvent event =
                  FHIR.newJsonParser()
                      .setParserErrorHandler(new StrictErrorHandler())
                      .parseResource(AuditEvent.class, FhirAuditEvents.json(entry, "st-agnes"));
              List<String> missing = new ArrayList<>();
              cardinalities(event, FHIR.getResourceDefinition(event), "AuditEvent", missing);
              for (CanonicalType profile : event.getMeta().getProfile()) {
                demanded(event, profile.getValue(), missing);
              }
              assertThat(missing).as(entry.toString()).isEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("actions")
  void whatSucceededAndIsFullyKnownClaimsItsPattern(Action action) {
    Entry known = entries().filter(e -> e.action() == action).findFirst().orElseThrow();
    List<CanonicalType> profiles =
        FhirAuditEvents.resource(known, "st-agnes").getMeta().getProfile();
    String expected =
        switch (action) {
          case IMAGE_ACCESSED, STUDY_VIEWED, ANALYSIS_VIEWED -> "IHE.BasicAudit.PatientRead";
          case STUDIES_SEARCHED, WORKLIST_VIEWED, ANALYSES_LISTED -> "IHE.BasicAudit.PatientQuery";
          default -> null;
        };
    if (expected == null) {
      assertThat(profiles).isEmpty();
    } else {
      assertThat(profiles)
          .extracting(CanonicalType::getValue)
          .containsExactly("https://profiles.ihe.net/ITI/BALP/StructureDefinition/" + expected);
    }
  }

  /** R4's own: everything that must be there is there, and nothing too often. */
  private static void cardinalities(
      IBase element,
      BaseRuntimeElementCompositeDefinition<?> definition,
      String path,
      List<String> missing) {
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      List<IBase> values =
          child.getAccessor().getValues(element).stream().filter(v -> !v.isEmpty()).toList();
      String name = path + "." + child.getElementName();
      check(values.size() >= child.getMin(), name + " is missing", missing);
      check(child.getMax() < 0 || values.size() <= child.getMax(), name + " too often", missing);
      for (IBase value : values) {
        if (FHIR.getElementDefinition(value.getClass())
            instanceof BaseRuntimeElementCompositeDefinition<?> inner) {
          cardinalities(value, inner, name, missing);
        }
      }
    }
  }

  private static void demanded(AuditEvent event, String profile, List<String> missing) {
    boolean read = profile.endsWith("Read");
    check(event.getType().getCode().equals("rest"), "type rest", missing);
    check(event.getAction().toCode().equals(read ? "R" : "E"), "action", missing);
    check(event.getOutcome().toCode().equals("0"), "outcome success", missing);
    check(
        event.getSubtype().stream()
            .anyMatch(s -> is(s, s.getSystem(), read ? "read" : "search-type")),
        "subtype",
        missing);
    agent(event, read ? "110152" : "110153", "client", missing);
    agent(event, read ? "110153" : "110152", "server", missing);

    List<AuditEventEntityComponent> objects = entities(event, "2");
    check(objects.size() == 1, "one system object, there are " + objects.size(), missing);
    for (AuditEventEntityComponent object : objects) {
      if (read) {
        check(object.getWhat().getIdentifier().hasValue(), "data.what", missing);
        check(List.of("3", "4", "20").contains(object.getRole().getCode()), "data.role", missing);
      } else {
        check(is(object.getRole(), ROLE, "24"), "query.role", missing);
        check(object.hasQuery(), "query.query", missing);
        check(!object.hasWhat() && !object.hasDetail(), "query.what and detail are 0..0", missing);
      }
    }
    List<AuditEventEntityComponent> persons = entities(event, "1");
    boolean ofPatient = profile.contains("Patient");
    check(persons.size() == (ofPatient ? 1 : 0), "patient", missing);
    for (AuditEventEntityComponent person : persons) {
      check(is(person.getRole(), ROLE, "1"), "patient.role", missing);
      check(person.getWhat().getIdentifier().hasValue(), "patient.what", missing);
      check("Patient".equals(person.getWhat().getType()), "what only Reference(Patient)", missing);
    }
  }

  private static void agent(AuditEvent event, String role, String name, List<String> missing) {
    List<AuditEventAgentComponent> agents =
        event.getAgent().stream()
            .filter(a -> a.getType().getCoding().stream().anyMatch(c -> is(c, DCM, role)))
            .toList();
    check(agents.size() == 1, "one " + name, missing);
    for (AuditEventAgentComponent agent : agents) {
      check(agent.getWho().getIdentifier().hasValue(), name + ".who", missing);
      check(agent.getNetwork().hasAddress(), name + ".network", missing);
      check(!agent.hasMedia(), name + ".media is 0..0", missing);
    }
  }

  private static List<AuditEventEntityComponent> entities(AuditEvent event, String type) {
    return event.getEntity().stream().filter(e -> is(e.getType(), ENTITY_TYPE, type)).toList();
  }

  private static boolean is(Coding coding, String system, String code) {
    return code.equals(coding.getCode()) && system.equals(coding.getSystem());
  }

  private static void check(boolean holds, String what, List<String> missing) {
    if (!holds) {
      missing.add(what);
    }
  }
}
