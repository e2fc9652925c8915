package org.vigil.cli.demo.peer;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * The resources an EHR holds, by type and id; a resource sent again replaces its former version.
 */
public final class Chart {
  static final List<Class<? extends Resource>> TYPES =
      List.of(
          Communication.class,
          Device.class,
          DiagnosticReport.class,
          ImagingStudy.class,
          Observation.class,
          Patient.class,
          Practitioner.class,
          Provenance.class,
          ServiceRequest.class,
          Task.class);

  private final Map<String, Resource> resources = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> changes = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<List<String>> transactions = new ConcurrentLinkedQueue<>();

  /** Keeps a resource and gives it its next version. */
  synchronized Resource put(Resource resource, String id) {
    String key = resource.fhirType() + "/" + id;
    Resource before = resources.get(key);
    if (before != null && !content(before).equals(content(resource))) {
      changes.add(key);
    }
    long version = before == null ? 1 : before.getIdElement().getVersionIdPartAsLong() + 1;
    resource.setId(new IdType(resource.fhirType(), id, Long.toString(version)));
    resources.put(key, resource);
    return resource;
  }

  /** Without what the chart itself gives: id and version. */
  private static String content(Resource resource) {
    Resource copy = resource.copy();
    copy.setId((String) null);
    copy.setMeta(null);
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(copy);
  }

  /** {@code Type/id} of each resource that was replaced by other content, once each time. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  void transaction(List<String> keys) {
    transactions.add(List.copyOf(keys));
  }

  /** One resource, or null. */
  public Resource get(String type, String id) {
    return resources.get(type + "/" + id);
  }

  /** All resources of a type. */
  public <T extends Resource> List<T> all(Class<T> type) {
    return resources.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** How many transaction bundles came, repetitions included. */
  public int transactionsReceived() {
    return transactions.size();
  }
}
