package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.kernel.tls.TlsProfile;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TlsContexts;

/** How a PACS node is reached from the current tenant, which calls itself by its own AE title. */
@ApplicationScoped
public class PacsConnections {
  private TenantDirectory tenants;
  private TlsContexts tls;
  private Duration connectTimeout;
  private Duration responseTimeout;
  private volatile HttpClient http;

  @Inject
  void configure(
      TenantDirectory tenantDirectory,
      TlsContexts tlsContexts,
      @ConfigProperty(name = "vigil.pacs.connect-timeout", defaultValue = "PT5S") Duration connect,
      @ConfigProperty(name = "vigil.pacs.response-timeout", defaultValue = "PT60S")
          Duration response) {
    this.tenants = tenantDirectory;
    this.tls = tlsContexts;
    this.connectTimeout = connect;
    this.responseTimeout = response;
  }

  /** A DIMSE node as a peer. */
  public RemoteAe remote(PacsNode node) throws IOException {
    RemoteAe remote =
        RemoteAe.of(node.host(), node.port(), node.aeTitle(), ownAeTitle())
            .withTimeouts(connectTimeout, responseTimeout);
    return node.tls() ? remote.withTls(tls.client(peer(node)), TlsProfile.client()) : remote;
  }

  /** The AE title by which the hospital's systems know Vigil. */
  public String ownAeTitle() {
    return tenants.require(TenantContext.current()).aeTitle();
  }

  /** Asks for nothing but an answer: C-ECHO, or a search for one study. */
  public Void echo(PacsNode node) throws IOException {
    if (node.kind() == Kind.DIMSE) {
      EchoScu.echo(remote(node));
      return null;
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/studies?limit=1"))
            .timeout(responseTimeout)
            .header("Accept", "application/dicom+json")
            .build();
    int status = send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200 && status != 204) {
      throw new RefusedByPeerException("HTTP " + status);
    }
    return null;
  }

  /** Sends a request of DICOMweb; the caller reads the status. */
  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return http().send(request, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  Duration responseTimeout() {
    return responseTimeout;
  }

  private HttpClient http() {
    HttpClient known = http;
    if (known == null) {
      synchronized (this) {
        if (http == null) {
          http =
              HttpClient.newBuilder()
                  .connectTimeout(connectTimeout)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .build();
        }
        known = http;
      }
    }
    return known;
  }

  private static Destination peer(PacsNode node) {
    return new Destination(
        null,
        Destination.Kind.DICOM,
        node.host(),
        node.port(),
        node.aeTitle(),
        null,
        null,
        new Destination.Tls(node.trusted(), null));
  }
}
