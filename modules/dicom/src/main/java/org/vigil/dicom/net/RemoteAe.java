package org.vigil.dicom.net;

import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An application entity to talk to, and how.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param calledAe its AE title
 * @param callingAe the AE title to call oneself
 * @param tls context for TLS, or null for plain TCP
 * @param connectTimeout for the TCP connection
 * @param responseTimeout for every answer: A-ASSOCIATE-AC, a DIMSE response, A-RELEASE-RP
 * @param maxPduLength longest P-DATA-TF to send and to receive, in bytes
 * @param tlsParameters protocols, cipher suites and whether the host's name is checked; null for
 *     TLS 1.2 and 1.3 as the context offers them
 */
public record RemoteAe(
    String host,
    int port,
    String calledAe,
    String callingAe,
    SSLContext tls,
    Duration connectTimeout,
    Duration responseTimeout,
    int maxPduLength,
    SSLParameters tlsParameters) {

  /** Checks the AE titles (PS3.5 §6.2, AE). */
  public RemoteAe {
    Objects.requireNonNull(host, "host");
    requireAeTitle(calledAe);
    requireAeTitle(callingAe);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("A port is a number from 1 to 65535, not " + port);
    }
    if (maxPduLength < 4096 || maxPduLength > 1 << 20) {
      throw new IllegalArgumentException("The PDU length must be from 4096 to 1048576 bytes");
    }
  }

  /** Plain TCP, 5 s to connect, 60 s for an answer. */
  public static RemoteAe of(String host, int port, String calledAe, String callingAe) {
    return new RemoteAe(
        host,
        port,
        calledAe,
        callingAe,
        null,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Association.MAX_PDU_LENGTH,
        null);
  }

  /** The same over TLS. */
  public RemoteAe withTls(SSLContext context) {
    return withTls(context, null);
  }

  /** The same over TLS with these protocols and cipher suites. */
  public RemoteAe withTls(SSLContext context, SSLParameters parameters) {
    return new RemoteAe(
        host,
        port,
        calledAe,
        callingAe,
        context,
        connectTimeout,
        responseTimeout,
        maxPduLength,
        parameters);
  }

  /** The same with other timeouts. */
  public RemoteAe withTimeouts(Duration connect, Duration response) {
    return new RemoteAe(
        host, port, calledAe, callingAe, tls, connect, response, maxPduLength, tlsParameters);
  }

  static void requireAeTitle(String title) {
    if (title == null || title.isBlank() || title.length() > 16 || title.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "An AE title has 1 to 16 characters and no backslash: " + title);
    }
    for (int i = 0; i < title.length(); i++) {
      if (title.charAt(i) < ' ' || title.charAt(i) > '~') {
        throw new IllegalArgumentException("An AE title has printable ASCII characters only");
      }
    }
  }

  @Override
  public String toString() {
    return calledAe + "@" + host + ":" + port + (tls == null ? "" : " (TLS)");
  }
}
