package org.vigil.cli.demo.peer;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** Takes a transaction Bundle of PUT and POST entries: all of it or, if one is wrong, none. */
public final class TransactionProvider {
  private final Chart chart;

  TransactionProvider(Chart chart) {
    this.chart = chart;
  }

  @Transaction
  public Bundle transaction(@TransactionParam Bundle bundle) {
    if (bundle.getType() != BundleType.TRANSACTION) {
      throw new InvalidRequestException("Bundle.type must be transaction");
    }
    bundle.getEntry().forEach(TransactionProvider::check);
    Bundle response = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
    List<String> keys = new ArrayList<>();
    for (BundleEntryComponent entry : bundle.getEntry()) {
      String id =
          entry.getRequest().getMethod() == HTTPVerb.PUT
              ? new IdType(entry.getRequest().getUrl()).getIdPart()
              : UUID.randomUUID().toString();
      boolean created = chart.get(entry.getResource().fhirType(), id) == null;
      Resource stored = chart.put(entry.getResource(), id);
      keys.add(stored.fhirType() + "/" + id);
      response
          .addEntry()
          .getResponse()
          .setStatus(created ? "201 Created" : "200 OK")
          .setLocation(stored.getIdElement().getValue())
          .setEtag("W/\"" + stored.getIdElement().getVersionIdPart() + "\"");
    }
    chart.transaction(keys);
    return response;
  }

  private static void check(BundleEntryComponent entry) {
    HTTPVerb method = entry.getRequest().getMethod();
    if (entry.getResource() == null || (method != HTTPVerb.PUT && method != HTTPVerb.POST)) {
      throw new InvalidRequestException("this EHR takes entries with a resource by PUT or POST");
    }
    if (Chart.TYPES.stream().noneMatch(type -> type.isInstance(entry.getResource()))) {
      throw new InvalidRequestException("this EHR does not take " + entry.getResource().fhirType());
    }
    if (method == HTTPVerb.PUT) {
      IdType url = new IdType(entry.getRequest().getUrl());
      if (!url.hasIdPart() || !entry.getResource().fhirType().equals(url.getResourceType())) {
        throw new InvalidRequestException(
            "PUT names " + entry.getRequest().getUrl() + ", not a type and id of its resource");
      }
    }
  }
}
