package org.vigil.web.rest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.HttpCredentials.Scheme;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * A PACS node as it is told.
 *
 * @param capabilities of {@code query}, {@code move}, {@code get}, {@code store}, {@code commit}
 * @param authorization {@code none}, {@code basic} or {@code bearer}; what is shown is told nobody
 */
public record PacsNodeBody(
    String name,
    String kind,
    String aeTitle,
    String host,
    Integer port,
    boolean tls,
    String url,
    String trusted,
    List<String> capabilities,
    String authorization,
    ReachabilityBody reachability) {

  static PacsNodeBody of(PacsNode node, Reachability reachability) {
    return new PacsNodeBody(
        node.name(),
        Terms.of(node.kind()),
        node.aeTitle(),
        node.host(),
        node.port() == 0 ? null : (Integer) node.port(),
        node.tls(),
        node.url(),
        node.trusted(),
        node.capabilities().stream().sorted(Comparator.naturalOrder()).map(Terms::of).toList(),
        Terms.of(node.authorization()),
        ReachabilityBody.of(reachability));
  }

  /** What was seen of a node last. */
  public record ReachabilityBody(
      String state,
      Instant checkedAt,
      Instant answeredAt,
      Long millis,
      String failure,
      boolean paused) {
    static ReachabilityBody of(Reachability seen) {
      return new ReachabilityBody(
          Terms.of(seen.state()),
          seen.checkedAt(),
          seen.answeredAt(),
          seen.millis(),
          seen.failure(),
          seen.paused());
    }
  }

  /** A node to set. */
  public record NewPacsNode(
      String kind,
      String aeTitle,
      String host,
      Integer port,
      boolean tls,
      String url,
      String trusted,
      List<String> capabilities,
      NewAuthorization authorization) {

    /** Null to keep those there are. */
    HttpCredentials credentials() {
      return authorization == null ? null : authorization.credentials();
    }

    PacsNode named(String name) {
      return new PacsNode(
          name,
          Require.term(Kind.class, Require.present(kind, "kind"), "kind"),
          aeTitle,
          host,
          port == null ? 0 : port,
          tls,
          url,
          trusted,
          Require.present(capabilities, "capabilities").stream()
              .map(c -> Require.present(c, "capabilities"))
              .map(c -> Require.term(Capability.class, c, "capabilities"))
              .collect(Collectors.toSet()));
    }
  }

  /**
   * By what Vigil is to show who it is.
   *
   * @param scheme {@code none}, {@code basic} with user and password, {@code bearer} with token
   */
  public record NewAuthorization(String scheme, String user, String password, String token) {
    HttpCredentials credentials() {
      return switch (Require.term(Scheme.class, Require.present(scheme, "scheme"), "scheme")) {
        case NONE -> HttpCredentials.NONE;
        case BASIC ->
            HttpCredentials.basic(
                name(Require.present(user, "user")), Require.present(password, "password"));
        case BEARER -> HttpCredentials.bearer(Require.present(token, "token"));
      };
    }

    private static String name(String user) {
      if (user.isEmpty() || user.indexOf(':') >= 0) {
        throw new VigilException(
            ErrorCode.IMAGING_0032,
            Map.of("field", "user", "problem", "is empty or holds a colon"));
      }
      return user;
    }

    /** For logs: without the secret. */
    @Override
    public String toString() {
      return String.valueOf(scheme);
    }
  }
}
