package org.vigil.integration.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.integration.domain.Parcels;

class ResultBundleTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String BASE = "http://ehr.example/fhir";

  @Test
  void holdsEveryResourceUnderAnIdOfItsOwn() {
    Bundle bundle = reparsed(ResultBundle.ofResult(parcel(Parcels.notice(null, 0))));

    assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.TRANSACTION);
    assertThat(bundle.getEntry())
        .extracting(entry -> entry.getResource().fhirType())
        .containsExactly(
            "Device",
            "ImagingStudy",
            "Observation",
            "Observation",
            "DiagnosticReport",
            "Communication");
    Set<String> urls = new HashSet<>();
    for (BundleEntryComponent entry : bundle.getEntry()) {
      assertThat(entry.getRequest().getMethod()).isEqualTo(Bundle.HTTPVerb.PUT);
      assertThat(entry.getFullUrl()).isEqualTo(BASE + "/" + entry.getRequest().getUrl());
      urls.add(entry.getRequest().getUrl());
    }
    assertThat(urls).hasSize(6);
    for (String reference : references(bundle)) {
      assertThat(urls).as("references stay within the bundle").contains(reference);
    }
  }

  @Test
  void isTheSameEachTime() {
    assertThat(json(ResultBundle.ofResult(parcel(Parcels.notice(null, 0)))))
        .isEqualTo(json(ResultBundle.ofResult(parcel(Parcels.notice(null, 0)))));
  }

  @Test
  void saysWhatTheModelSaidAsPreliminary() {
    Bundle bundle = reparsed(ResultBundle.ofResult(parcel(null)));

    Observation positive = all(bundle, Observation.class).get(0);
    assertThat(positive.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
    assertThat(positive.getCode().getCodingFirstRep().getSystem())
        .isEqualTo("http://snomed.info/sct");
    assertThat(positive.getCode().getCodingFirstRep().getCode()).isEqualTo("36118008");
    assertThat(positive.getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("260373001");
    assertThat(positive.getInterpretationFirstRep().getCodingFirstRep().getCode()).isEqualTo("AA");
    assertThat(positive.getComponentFirstRep().getValueQuantity().getValue())
        .isEqualByComparingTo("0.9812");
    assertThat(positive.getSubject().getIdentifier().getValue()).isEqualTo("40017");
    assertThat(positive.getSubject().getIdentifier().getSystem())
        .isEqualTo("urn:vigil:st-agnes:patient:STAGNES");
    Observation negative = all(bundle, Observation.class).get(1);
    assertThat(negative.getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("260415000");
    assertThat(negative.getInterpretation()).isEmpty();

    DiagnosticReport report = all(bundle, DiagnosticReport.class).get(0);
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(report.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("LP29684-5");
    assertThat(report.getResult()).hasSize(2);
    assertThat(report.getBasedOnFirstRep().getIdentifier().getValue()).isEqualTo("P-1001");
    assertThat(report.getConclusion())
        .contains("Pneumothorax (critical, probability 0.98)")
        .contains("AI assistance is not diagnostic")
        .contains("not for clinical use");
    ImagingStudy study = all(bundle, ImagingStudy.class).get(0);
    assertThat(study.getIdentifierFirstRep().getValue())
        .isEqualTo("urn:oid:" + Parcels.STUDY.value());
    assertThat(study.getStartedElement().getValueAsString()).isEqualTo("2026-11-22T02:10:00+01:00");
    assertThat(all(bundle, Device.class).get(0).getVersionFirstRep().getValue()).isEqualTo("1.0.0");
    assertThat(all(bundle, Communication.class)).as("nothing critical travels").isEmpty();
  }

  @Test
  void alertsTheOrderingProviderWithoutNamingThePatient() {
    Communication alert = notice(Parcels.notice(null, 0));

    assertThat(alert.getStatus()).isEqualTo(Communication.CommunicationStatus.INPROGRESS);
    assertThat(alert.getPriority()).isEqualTo(Communication.CommunicationPriority.STAT);
    assertThat(alert.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("alert");
    assertThat(alert.getRecipientFirstRep().getIdentifier().getValue()).isEqualTo("4711");
    assertThat(alert.getAboutFirstRep().getReference())
        .isEqualTo("DiagnosticReport/" + Parcels.ANALYSIS);
    assertThat(alert.getPayloadFirstRep().getContentStringType().getValue())
        .contains("Pneumothorax", "ACC-1001", "AI assistance is not diagnostic")
        .doesNotContain("Müller", "40017");
  }

  @Test
  void tellsThatAnAlertWasEscalatedAndTaken() {
    assertThat(notice(Parcels.notice(null, 2)).getNoteFirstRep().getText()).contains("level 2");

    Communication taken = notice(Parcels.notice(Parcels.COMPLETED.plusSeconds(60), 0));
    assertThat(taken.getStatus()).isEqualTo(Communication.CommunicationStatus.COMPLETED);
    assertThat(taken.getReceived())
        .isEqualTo(java.util.Date.from(Parcels.COMPLETED.plusSeconds(60)));
  }

  @Test
  void tellsWhatTheEhrAnswered() throws IOException {
    assertThat(answered(200, response(5, "201 Created"))).isEqualTo(Outcome.Kind.DELIVERED);
    assertThat(answered(200, response(5, "409 Conflict"))).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered(200, response(4, "200 OK"))).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered(422, "{\"resourceType\":\"OperationOutcome\"}"))
        .isEqualTo(Outcome.Kind.REFUSED);
    assertThat(answered(500, "oops")).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered(503, "")).isEqualTo(Outcome.Kind.UNREACHABLE);
    assertThat(send("http://127.0.0.1:1/fhir")).isEqualTo(Outcome.Kind.UNREACHABLE);
  }

  private static Outcome.Kind answered(int status, String body) throws IOException {
    HttpServer ehr =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ehr.createContext(
        "/fhir",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    ehr.start();
    try {
      return send("http://127.0.0.1:" + ehr.getAddress().getPort() + "/fhir");
    } finally {
      ehr.stop(0);
    }
  }

  private static Outcome.Kind send(String url) {
    FhirClients clients = new FhirClients(Duration.ofSeconds(2), Duration.ofSeconds(5));
    return new FhirResultPeer(clients)
        .send(Parcels.parcel(Kind.FHIR_BUNDLE, Parcels.fhir(url), null))
        .kind();
  }

  private static String response(int entries, String status) {
    Bundle response = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
    for (int i = 0; i < entries; i++) {
      response.addEntry().getResponse().setStatus(status);
    }
    return json(response);
  }

  private static Parcel parcel(Parcel.Notice notice) {
    return Parcels.parcel(Kind.FHIR_BUNDLE, Parcels.fhir(BASE + "/"), notice);
  }

  private static Communication notice(Parcel.Notice notice) {
    return (Communication)
        reparsed(ResultBundle.ofNotice(parcel(notice))).getEntryFirstRep().getResource();
  }

  private static String json(Bundle bundle) {
    return FHIR.newJsonParser().encodeResourceToString(bundle);
  }

  private static Bundle reparsed(Bundle bundle) {
    IParser strict = FHIR.newJsonParser();
    strict.setParserErrorHandler(new StrictErrorHandler());
    return strict.parseResource(Bundle.class, json(bundle));
  }

  private static <T extends Resource> List<T> all(Bundle bundle, Class<T> type) {
    return bundle.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static List<String> references(Bundle bundle) {
    List<String> found = new ArrayList<>();
    for (Observation observation : all(bundle, Observation.class)) {
      add(found, observation.getDevice());
      observation.getDerivedFrom().forEach(reference -> add(found, reference));
    }
    for (DiagnosticReport report : all(bundle, DiagnosticReport.class)) {
      report.getResult().forEach(reference -> add(found, reference));
      report.getImagingStudy().forEach(reference -> add(found, reference));
    }
    for (Communication alert : all(bundle, Communication.class)) {
      alert.getAbout().forEach(reference -> add(found, reference));
      add(found, alert.getSender());
    }
    return found;
  }

  private static void add(List<String> found, Reference reference) {
    if (reference.hasReference()) {
      found.add(reference.getReference());
    }
  }
}
