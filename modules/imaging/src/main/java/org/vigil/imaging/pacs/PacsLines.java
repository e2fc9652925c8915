package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.DicomException;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.imaging.api.PacsNode.State;
import org.vigil.kernel.Circuit;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * The line to each PACS node: its circuit, so that one that is down is asked no more than now and
 * then, and what was seen of it last. In memory: another server sees for itself.
 */
@ApplicationScoped
public class PacsLines {
  private static final Logger LOG = LoggerFactory.getLogger(PacsLines.class);

  private final Map<Key, Line> lines = new ConcurrentHashMap<>();
  private final int atOnce;

  @Inject
  public PacsLines(
      @ConfigProperty(name = "vigil.pacs.at-once-per-node", defaultValue = "2") int atOnce) {
    this.atOnce = atOnce;
  }

  /** For the container's proxy. */
  protected PacsLines() {
    this(1);
  }

  /**
   * Talks to a node of the current tenant.
   *
   * @throws VigilException IMAGING-0034 with {@code waitMillis} when it is down or busy and is not
   *     asked; IMAGING-0033 when it does not answer
   */
  public <T> T call(PacsNode node, Exchange<T> exchange) {
    Line line = line(node);
    Duration wait = line.circuit.enter(now());
    if (!wait.isZero()) {
      throw new VigilException(
          ErrorCode.IMAGING_0034, Map.of("node", node.name(), "waitMillis", wait.toMillis()));
    }
    return line.talk(node, exchange);
  }

  /** Asks a node of the current tenant whether it is there, even while its circuit is open. */
  public Reachability probe(PacsNode node, Exchange<?> exchange) {
    Line line = line(node);
    if (line.circuit.enter(now()).isZero()) {
      try {
        line.talk(node, exchange);
      } catch (VigilException e) {
        LOG.debug("PACS node {} did not answer", node.name(), e);
      }
    } else {
      line.look(node, exchange);
    }
    return line.seen();
  }

  /** What was seen last of a node of the current tenant. */
  public Reachability seen(PacsNode node) {
    Line line = lines.get(new Key(TenantContext.current(), node.name()));
    return line == null || !line.node.equals(node) ? Reachability.UNKNOWN : line.seen();
  }

  /** What was seen last of every node of every tenant. */
  public Collection<Reachability> all() {
    return lines.values().stream().map(Line::seen).toList();
  }

  /** Forgets nodes of the current tenant that are no more. */
  public void keepOnly(List<PacsNode> nodes) {
    TenantId tenant = TenantContext.current();
    List<String> names = nodes.stream().map(PacsNode::name).toList();
    lines.keySet().removeIf(key -> key.tenant().equals(tenant) && !names.contains(key.node()));
  }

  private Line line(PacsNode node) {
    return lines.compute(
        new Key(TenantContext.current(), node.name()),
        (key, known) ->
            known != null && known.node.equals(node) ? known : new Line(node, new Circuit(atOnce)));
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private record Key(TenantId tenant, String node) {}

  /** A conversation with a node. */
  @FunctionalInterface
  public interface Exchange<T> {
    T run() throws IOException;
  }

  private static final class Line {
    private final PacsNode node;
    private final Circuit circuit;
    private volatile Reachability last = Reachability.UNKNOWN;

    Line(PacsNode node, Circuit circuit) {
      this.node = node;
      this.circuit = circuit;
    }

    <T> T talk(PacsNode asked, Exchange<T> exchange) {
      boolean answered = true;
      long start = System.nanoTime();
      try {
        T result = exchange.run();
        answered(start);
        return result;
      } catch (IOException e) {
        answered = false;
        throw new VigilException(
            ErrorCode.IMAGING_0033, Map.of("node", asked.name(), "cause", silent(asked, e)), e);
      } finally {
        if (answered) {
          circuit.succeeded();
        } else {
          circuit.failed(now());
        }
      }
    }

    /** An echo past the circuit: it tells the state and changes nothing else. */
    void look(PacsNode asked, Exchange<?> exchange) {
      long start = System.nanoTime();
      try {
        exchange.run();
        answered(start);
      } catch (IOException e) {
        LOG.debug("PACS node {}: {}", asked.name(), silent(asked, e));
      }
    }

    private void answered(long start) {
      Instant at = now();
      if (last.state() == State.DOWN) {
        LOG.info("PACS node {} answers again", node.name());
      }
      last =
          new Reachability(State.UP, at, at, (System.nanoTime() - start) / 1_000_000, null, false);
    }

    private String silent(PacsNode asked, IOException e) {
      String cause =
          e instanceof DicomException d ? d.error().code() + " " + d.error() : describe(e);
      if (last.state() != State.DOWN) {
        LOG.warn("PACS node {} does not answer: {}", asked.name(), cause);
      }
      last = new Reachability(State.DOWN, now(), last.answeredAt(), null, cause, false);
      return cause;
    }

    private static String describe(IOException e) {
      return e instanceof RefusedByPeerException ? e.getMessage() : e.getClass().getSimpleName();
    }

    Reachability seen() {
      Reachability seen = last;
      return new Reachability(
          seen.state(),
          seen.checkedAt(),
          seen.answeredAt(),
          seen.millis(),
          seen.failure(),
          circuit.isOpen(now()));
    }
  }
}
