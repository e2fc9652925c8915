package org.vigil.tests.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** The part of an OpenID provider that answers with its key set (RFC 7517), on the loopback. */
public final class KeySetServer implements AutoCloseable {
  private final HttpServer http;

  public KeySetServer(String keyId, RSAPublicKey key) {
    byte[] keySet =
        """
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}
        """
            .formatted(keyId, encode(key.getModulus()), encode(key.getPublicExponent()))
            .getBytes(StandardCharsets.UTF_8);
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keySet.length);
            exchange.getResponseBody().write(keySet);
          }
        });
    http.start();
  }

  public String uri() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/keys";
  }

  private static String encode(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
