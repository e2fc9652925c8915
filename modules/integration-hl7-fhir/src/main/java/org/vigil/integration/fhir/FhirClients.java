package org.vigil.integration.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HAPI FHIR's context, which takes seconds to make, made once; and clients of it. */
@ApplicationScoped
public class FhirClients {
  private static final Logger LOG = LoggerFactory.getLogger(FhirClients.class);

  @Inject
  @ConfigProperty(name = "vigil.delivery.connect-timeout", defaultValue = "PT5S")
  private Duration connectTimeout;

  @Inject
  @ConfigProperty(name = "vigil.delivery.answer-timeout", defaultValue = "PT20S")
  private Duration answerTimeout;

  private FhirContext context;

  /** For the container's proxy. */
  protected FhirClients() {}

  FhirClients(Duration connectTimeout, Duration answerTimeout) {
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  /** Makes the context and writes something, so that the first result finds it ready. */
  public void warm() {
    try {
      long start = System.nanoTime();
      FhirContext warmed = context();
      withOwnLoader(() -> warmed.newJsonParser().encodeResourceToString(new Bundle()));
      LOG.info("FHIR model ready after {} ms", (System.nanoTime() - start) / 1_000_000);
    } catch (RuntimeException e) {
      LOG.error("the FHIR model could not be loaded; results to EHRs will fail", e);
    }
  }

  /** Sends a transaction Bundle and gives the response. */
  Bundle transact(String baseUrl, Bundle bundle) {
    FhirContext made = context();
    return withOwnLoader(
        () -> {
          IGenericClient client = made.newRestfulGenericClient(baseUrl);
          return client.transaction().withBundle(bundle).execute();
        });
  }

  synchronized FhirContext context() {
    if (context == null) {
      context =
          withOwnLoader(
              () -> {
                FhirContext made = FhirContext.forR4();
                var factory = made.getRestfulClientFactory();
                factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
                factory.setConnectTimeout((int) connectTimeout.toMillis());
                factory.setConnectionRequestTimeout((int) connectTimeout.toMillis());
                factory.setSocketTimeout((int) answerTimeout.toMillis());
                factory.setPoolMaxPerRoute(8);
                return made;
              });
    }
    return context;
  }

  // HAPI looks services up by the thread's class loader; its static module has them all.
  private static <T> T withOwnLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(FhirContext.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
