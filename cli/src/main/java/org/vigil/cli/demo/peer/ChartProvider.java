package org.vigil.cli.demo.peer;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Reads, searches by identifier and updates one resource type of a {@link Chart}. */
public final class ChartProvider<T extends Resource> implements IResourceProvider {
  private final Chart chart;
  private final Class<T> type;

  ChartProvider(Chart chart, Class<T> type) {
    this.chart = chart;
    this.type = type;
  }

  @Override
  public Class<? extends IBaseResource> getResourceType() {
    return type;
  }

  @Read
  public Resource read(@IdParam IdType id) {
    Resource resource = chart.get(type.getSimpleName(), id.getIdPart());
    if (resource == null) {
      throw new ResourceNotFoundException(id);
    }
    return resource;
  }

  @Search
  public List<T> search(@OptionalParam(name = "identifier") TokenParam identifier) {
    return chart.all(type).stream().filter(r -> identifier == null || has(r, identifier)).toList();
  }

  @Update
  public MethodOutcome update(@IdParam IdType id, @ResourceParam T resource) {
    boolean created = chart.get(type.getSimpleName(), id.getIdPart()) == null;
    Resource stored = chart.put(resource, id.getIdPart());
    return new MethodOutcome(stored.getIdElement(), created);
  }

  private static boolean has(Resource resource, TokenParam wanted) {
    Property property = resource.getNamedProperty("identifier");
    if (property == null) {
      return false;
    }
    for (Base value : property.getValues()) {
      if (value instanceof Identifier identifier
          && wanted.getValue().equals(identifier.getValue())
          && (wanted.getSystem() == null || wanted.getSystem().equals(identifier.getSystem()))) {
        return true;
      }
    }
    return false;
  }
}
