package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.imaging.application.PacsNodeBook;
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
  private final ConcurrentHashMap<String, Client> http = new ConcurrentHashMap<>();
  private PacsNodeBook book;

  @Inject
  void configure(
      TenantDirectory tenantDirectory,
      TlsContexts tlsContexts,
      PacsNodeBook nodes,
      @ConfigProperty(name = "vigil.pacs.connect-timeout", defaultValue = "PT5S") Duration connect,
      @ConfigProperty(name = "vigil.pacs.response-timeout", defaultValue = "PT60S")
          Duration response) {
    this.tenants = tenantDirectory;
    this.tls = tlsContexts;
    this.book = nodes;
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
    int status =
        get(
                node,
                "/studies?limit=1",
                "application/dicom+json",
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != 200 && status != 204) {
      throw new RefusedByPeerException("HTTP " + status);
    }
    return null;
  }

  /**
   * Gets something of a DICOMweb node; the caller reads the status. Credentials go to the node
   * itself alone, for no redirect is followed.
   *
   * @param path after the service's root
   */
  <T> HttpResponse<T> get(
      PacsNode node, String path, String accept, HttpResponse.BodyHandler<T> body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .timeout(responseTimeout)
            .header("Accept", accept);
    book.authorization(node.name()).ifPresent(value -> request.header("Authorization", value));
    try {
      return http(node).send(request.build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** One client for each set of trusted certificates, made anew when Vigil's own are replaced. */
  private HttpClient http(PacsNode node) throws IOException {
    String trusted = node.trusted() == null ? "" : node.trusted();
    SSLContext wanted = trusted.isEmpty() ? null : tls.client(peer(node));
    return http.compute(
            trusted,
            (key, known) ->
                known != null && known.context() == wanted
                    ? known
                    : new Client(wanted, make(wanted)))
        .http();
  }

  private HttpClient make(SSLContext context) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslParameters(TlsProfile.client());
    return (context == null ? client : client.sslContext(context)).build();
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

  private record Client(SSLContext context, HttpClient http) {}
}
