package org.vigil.imaging.result;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomJsonReader;
import org.vigil.kernel.tls.TlsProfile;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TlsContexts;

/** Sends an object to an archive by STOW-RS (PS3.18 §10.5), one request an object. */
final class WebResultSender {
  private static final String JSON = "application/dicom+json";

  private final Duration connectTimeout;
  private final Duration responseTimeout;
  private final TlsContexts tls;
  private final Function<String, Optional<String>> authorization;
  private final Map<Destination, Client> clients = new ConcurrentHashMap<>();

  /**
   * @param authorization the Authorization header for a service's URL, of the current tenant
   */
  WebResultSender(
      Duration connectTimeout,
      Duration responseTimeout,
      TlsContexts tls,
      Function<String, Optional<String>> authorization) {
    this.connectTimeout = connectTimeout;
    this.responseTimeout = responseTimeout;
    this.tls = tls;
    this.authorization = authorization;
  }

  /**
   * Sends an object and waits for the archive's answer.
   *
   * @return null when the archive has it, else what it said, without patient data
   * @throws IOException when it does not answer
   * @throws IllegalArgumentException for a URL that cannot be asked
   */
  String send(ByteSource object, Destination destination) throws IOException {
    String boundary = "vigil-" + UUID.randomUUID();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(destination.url().replaceAll("/+$", "") + "/studies"))
            .timeout(responseTimeout)
            .header("Accept", JSON)
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
            .POST(body(object, boundary));
    authorization
        .apply(destination.url())
        .ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<InputStream> response =
          client(destination).send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream answer = response.body()) {
        return refusal(response.statusCode(), answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The object as it is stored, read while it is sent. */
  private static BodyPublisher body(ByteSource object, String boundary) throws IOException {
    byte[] before =
        ("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(
            () -> {
              try {
                return new SequenceInputStream(
                    Collections.enumeration(
                        List.of(
                            new ByteArrayInputStream(before),
                            object.open(0),
                            new ByteArrayInputStream(after))));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }),
        before.length + object.length() + after.length);
  }

  /** PS3.18 §10.5.3: 200, 202 with warnings or failures, 409 with failures. */
  private static String refusal(int status, InputStream answer) throws IOException {
    if (status != 200 && status != 202 && status != 409) {
      return "HTTP " + status;
    }
    Attributes report = report(answer);
    Attributes failed = report.getNestedDataset(Tag.FailedSOPSequence);
    if (failed != null) {
      int reason = failed.getInt(Tag.FailureReason, 0);
      return reason == ResultSender.DUPLICATE_SOP_INSTANCE
          ? null
          : String.format("failure reason %04XH", reason);
    }
    return status == 409 ? "HTTP 409" : null;
  }

  /** An archive that says nothing, or not in JSON, has spoken by its status. */
  private static Attributes report(InputStream answer) throws IOException {
    try (Reader text = new InputStreamReader(answer, StandardCharsets.UTF_8)) {
      return DicomJsonReader.read(
          text,
          (dataset, tag, vr, uri) -> {
            // A report refers to no bulk data.
          });
    } catch (DicomException e) {
      return new Attributes();
    }
  }

  /** The client of a destination, made anew when certificates were replaced. */
  private HttpClient client(Destination destination) throws IOException {
    SSLContext wanted = destination.tls() == null ? null : tls.client(destination);
    return clients
        .compute(
            destination,
            (key, known) ->
                known != null && known.context() == wanted
                    ? known
                    : new Client(wanted, make(wanted)))
        .http();
  }

  private HttpClient make(SSLContext context) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslParameters(TlsProfile.client());
    return (context == null ? builder : builder.sslContext(context)).build();
  }

  private record Client(SSLContext context, HttpClient http) {}
}
