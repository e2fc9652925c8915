package org.vigil.integration.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.tls.TlsProfile;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TlsContexts;

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

  @Inject private TlsContexts tls;

  private final Map<Destination, CloseableHttpClient> encrypted = new ConcurrentHashMap<>();
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
  Bundle transact(Destination destination, Bundle bundle) {
    FhirContext made = context();
    return withOwnLoader(
        () -> {
          IGenericClient client = client(made, destination);
          return client.transaction().withBundle(bundle).execute();
        });
  }

  /** HAPI's own HTTP client, save where the destination says whom to trust or what to present. */
  private IGenericClient client(FhirContext made, Destination destination) {
    if (destination.tls() == null) {
      return made.newRestfulGenericClient(destination.url());
    }
    ApacheRestfulClientFactory factory = new ApacheRestfulClientFactory(made);
    factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
    factory.setHttpClient(encrypted.computeIfAbsent(destination, this::httpClient));
    return factory.newGenericClient(destination.url());
  }

  private CloseableHttpClient httpClient(Destination destination) {
    SSLParameters wanted = TlsProfile.client();
    try {
      return HttpClients.custom()
          .setSSLSocketFactory(
              new SSLConnectionSocketFactory(
                  tls.client(destination),
                  wanted.getProtocols(),
                  wanted.getCipherSuites(),
                  SSLConnectionSocketFactory.getDefaultHostnameVerifier()))
          .setDefaultRequestConfig(
              RequestConfig.custom()
                  .setConnectTimeout((int) connectTimeout.toMillis())
                  .setConnectionRequestTimeout((int) connectTimeout.toMillis())
                  .setSocketTimeout((int) answerTimeout.toMillis())
                  .build())
          // Certificates are replaced: a connection is not kept for ever.
          .setConnectionTimeToLive(5, TimeUnit.MINUTES)
          .build();
    } catch (IOException e) {
      throw new FhirClientConnectionException("TLS to the EHR cannot be set up", e);
    }
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
