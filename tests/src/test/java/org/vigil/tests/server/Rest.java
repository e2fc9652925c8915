package org.vigil.tests.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Vigil's REST interface as a stranger sees it: status, headers and body, nothing judged. */
public final class Rest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI base;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Rest(VigilServer server, String token) {
    this.http = HttpClient.newBuilder().sslContext(trusting(server)).build();
    this.base = URI.create(server.pages());
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
  }

  private Rest(HttpClient http, URI base, Map<String, String> headers) {
    this.http = http;
    this.base = base;
    this.headers.putAll(headers);
  }

  /** The same client with one more header in every request. */
  public Rest with(String header, String value) {
    Rest other = new Rest(http, base, headers);
    other.headers.put(header, value);
    return other;
  }

  /**
   * Logs in as a person does and keeps the session's cookie, as a browser would.
   *
   * @param code of the authenticator app, or null
   */
  public static Rest loggedIn(
      VigilServer server, String tenant, String user, String password, String code) {
    Rest anonymous = new Rest(server, null);
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("tenant", tenant);
    credentials.put("username", user);
    credentials.put("password", password);
    credentials.put("code", code);
    Answer answer = anonymous.post("api/auth/login", credentials);
    answer.ok();
    return anonymous
        .with("Cookie", answer.cookie("vigil_session"))
        .with("X-Requested-With", "vigil");
  }

  /**
   * @param path with {@code api/} or {@code dicomweb/}
   */
  public Answer get(String path) {
    return send("GET", path, null);
  }

  /** Sends a body as JSON. */
  public Answer post(String path, Object body) {
    return send("POST", path, body);
  }

  /** Sends a form as browsers and OAuth clients do. */
  public Answer form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        "POST",
        path,
        HttpRequest.BodyPublishers.ofString(body),
        "application/x-www-form-urlencoded");
  }

  /** Sends bytes of any type. */
  public Answer bytes(String path, String contentType, byte[] body) {
    return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), contentType);
  }

  /** Sends a request; the body, if any, as JSON. */
  public Answer send(String method, String path, Object body) {
    try {
      return body == null
          ? send(method, path, HttpRequest.BodyPublishers.noBody(), null)
          : send(
              method,
              path,
              HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)),
              "application/json");
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }

  private Answer send(
      String method, String path, HttpRequest.BodyPublisher body, String contentType) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(VigilServer.PATIENCE)
              .method(method, body);
      headers.forEach(request::header);
      if (contentType != null) {
        request.header("Content-Type", contentType);
      }
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          new String(response.body(), StandardCharsets.UTF_8),
          response.headers().map().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of a good answer to a request with a JSON body. */
  public byte[] download(String path, Object body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(VigilServer.PATIENCE)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
      headers.forEach(request::header);
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " was answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An endless answer, which must begin well; whoever asked closes it. */
  public InputStream stream(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " was answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sends a request without a body and reads no more of the answer than its beginning, so that an
   * endless stream answers too.
   */
  public Answer open(String method, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(VigilServer.PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new Answer(
            response.statusCode(),
            response.statusCode() < 300
                ? ""
                : new String(body.readNBytes(4000), StandardCharsets.UTF_8),
            response.headers().map().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens a WebSocket.
   *
   * @throws java.util.concurrent.CompletionException when it is refused
   */
  public NotificationSocket socket(String path) {
    URI address = base.resolve(path);
    NotificationSocket socket = new NotificationSocket();
    WebSocket.Builder request = http.newWebSocketBuilder().connectTimeout(VigilServer.PATIENCE);
    headers.forEach(request::header);
    socket.opened(
        request.buildAsync(URI.create("wss" + address.toString().substring(5)), socket).join());
    return socket;
  }

  static SSLContext trusting(VigilServer server) {
    try (InputStream pem = Files.newInputStream(server.home().certificate())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "vigil", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param text the body
   * @param headers as text
   */
  public record Answer(int status, String text, String headers) {

    /** A cookie that was set, as a request sends it back. */
    public String cookie(String name) {
      Matcher cookie = Pattern.compile(name + "=[^;]*").matcher(headers);
      if (!cookie.find()) {
        throw new AssertionError("no cookie " + name + " in " + headers);
      }
      return cookie.group();
    }

    /** The body as JSON; an empty body is a missing node. */
    public JsonNode json() {
      try {
        return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The JSON body of an answer that must be a success. */
    public JsonNode ok() {
      if (status / 100 != 2) {
        throw new AssertionError("answered " + status + ": " + text);
      }
      return json();
    }

    @Override
    public String toString() {
      return status + " " + text;
    }
  }
}
