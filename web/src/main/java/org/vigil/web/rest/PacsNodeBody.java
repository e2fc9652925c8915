package org.vigil.web.rest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.imaging.api.PacsNode.Reachability;

/**
 * A PACS node as it is told.
 *
 * @param capabilities of {@code query}, {@code move}, {@code get}, {@code store}, {@code commit}
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
      List<String> capabilities) {

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
}
