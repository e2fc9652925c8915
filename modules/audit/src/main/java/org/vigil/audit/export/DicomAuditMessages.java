package org.vigil.audit.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openehealth.ipf.commons.audit.codes.EventOutcomeIndicator;
import org.openehealth.ipf.commons.audit.codes.ParticipantObjectTypeCode;
import org.openehealth.ipf.commons.audit.codes.ParticipantObjectTypeCodeRole;
import org.openehealth.ipf.commons.audit.event.CustomAuditMessageBuilder;
import org.openehealth.ipf.commons.audit.marshal.dicom.DICOM2017c;
import org.openehealth.ipf.commons.audit.model.AuditMessage;
import org.openehealth.ipf.commons.audit.model.TypeValuePairType;
import org.openehealth.ipf.commons.audit.types.EventType;
import org.openehealth.ipf.commons.audit.types.ParticipantObjectIdType;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.kernel.AuditEvent.Outcome;

/** Events as DICOM audit messages (PS3.15 A.5), in XML. */
final class DicomAuditMessages {
  private static final DICOM2017c XML = new DICOM2017c();

  private DicomAuditMessages() {}

  static String xml(Entry entry, String source) {
    return XML.marshal(message(entry, source), false);
  }

  private static AuditMessage message(Entry entry, String source) {
    Classification kind = Classification.of(entry.action(), entry.outcome());
    CustomAuditMessageBuilder builder =
        new CustomAuditMessageBuilder(
                entry.outcome() == Outcome.SUCCESS
                    ? EventOutcomeIndicator.Success
                    : entry.outcome() == Outcome.REFUSED
                        ? EventOutcomeIndicator.MinorFailure
                        : EventOutcomeIndicator.SeriousFailure,
                null,
                kind.action(),
                kind.event(),
                EventType.of(entry.action().name(), "Vigil", entry.action().name()))
            .setAuditSource(source)
            .addActiveParticipant(
                entry.actorName(),
                null,
                null,
                !"SYSTEM".equals(entry.actorKind()),
                List.of(),
                entry.actorAddress());
    if (entry.patientId() != null) {
      builder.addPatientParticipantObject(entry.patientId(), null, List.of(), null);
    }
    if (entry.studyInstanceUid() != null) {
      builder.addStudyParticipantObject(entry.studyInstanceUid(), List.of());
    }
    // The number leads back into the sealed trail.
    builder.addParticipantObjectIdentification(
        ParticipantObjectIdType.of("event", "Vigil", "audit event"),
        null,
        null,
        details(entry),
        Long.toString(entry.id()),
        ParticipantObjectTypeCode.System,
        ParticipantObjectTypeCodeRole.SecurityResource,
        null,
        null);
    AuditMessage message = builder.getMessage();
    message.getEventIdentification().setEventDateTime(entry.occurredAt());
    return message;
  }

  private static List<TypeValuePairType> details(Entry entry) {
    Map<String, String> all = new TreeMap<>(entry.details());
    if (entry.entity() != null) {
      all.put("entity", entry.entity());
    }
    List<TypeValuePairType> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.add(new TypeValuePairType(name, value)));
    return pairs;
  }
}
