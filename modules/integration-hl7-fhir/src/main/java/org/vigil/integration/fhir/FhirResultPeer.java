package org.vigil.integration.fhir;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.application.ResultPeer;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;

/** Transaction Bundles to the EHR. */
@ApplicationScoped
public class FhirResultPeer implements ResultPeer {
  @Inject private FhirClients clients;

  /** For the container's proxy. */
  protected FhirResultPeer() {}

  FhirResultPeer(FhirClients clients) {
    this.clients = clients;
  }

  @Override
  public boolean carries(Kind kind) {
    return kind == Kind.FHIR_BUNDLE || kind == Kind.FHIR_ALERT;
  }

  @Override
  public Outcome send(Parcel parcel) {
    Bundle bundle =
        parcel.kind() == Kind.FHIR_ALERT
            ? ResultBundle.ofNotice(parcel)
            : ResultBundle.ofResult(parcel);
    try {
      return outcome(bundle, clients.transact(parcel.destination(), bundle));
    } catch (FhirClientConnectionException e) {
      return Outcome.unreachable("no answer over HTTP");
    } catch (BaseServerResponseException e) {
      // The text of an OperationOutcome may quote the patient; the status tells enough.
      return outcome(e.getStatusCode());
    }
  }

  private static Outcome outcome(Bundle sent, Bundle answer) {
    if (answer.getEntry().size() != sent.getEntry().size()) {
      return Outcome.notTaken("the EHR answered another number of entries than were sent");
    }
    for (BundleEntryComponent entry : answer.getEntry()) {
      String status = entry.getResponse().getStatus();
      if (status == null || !status.startsWith("2")) {
        return Outcome.notTaken(
            "the EHR answered an entry with status " + (status == null ? "none" : first(status)));
      }
    }
    return Outcome.delivered();
  }

  private static Outcome outcome(int status) {
    String reason = "the EHR answered HTTP " + status;
    return switch (status) {
      // What is wrong with the content will be wrong again.
      case 400, 405, 406, 410, 413, 415, 422 -> Outcome.refused(reason);
      case 502, 503, 504 -> Outcome.unreachable(reason);
      default -> Outcome.notTaken(reason);
    };
  }

  private static String first(String status) {
    return status.length() > 3 ? status.substring(0, 3) : status;
  }
}
