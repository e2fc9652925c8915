package org.vigil.web.dicomweb;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.vigil.web.rest.ErrorMappers;
import org.vigil.web.rest.JsonMapper;
import org.vigil.web.security.PermissionFilter;

/** What answers under {@code /dicomweb}. */
@ApplicationPath("/dicomweb")
public class DicomWebApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        ErrorMappers.OfHttp.class,
        ErrorMappers.OfRefusals.class,
        ErrorMappers.OfTheRest.class,
        JsonMapper.class,
        PermissionFilter.class,
        RetrieveResource.class,
        SearchInstancesResource.class,
        SearchResource.class,
        SearchSeriesResource.class,
        StoreOfStudyResource.class,
        StoreResource.class,
        SubscriberResource.class,
        WorkitemResource.class);
  }
}
