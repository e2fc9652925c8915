package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.kernel.Actor;

/** PACS nodes with what is seen of them. */
@ApplicationScoped
public class KnownPacsNodes implements PacsNodes {
  private final PacsNodeBook book;
  private final PacsLines lines;
  private final PacsConnections connections;

  @Inject
  public KnownPacsNodes(PacsNodeBook book, PacsLines lines, PacsConnections connections) {
    this.book = book;
    this.lines = lines;
    this.connections = connections;
  }

  /** For the container's proxy. */
  protected KnownPacsNodes() {
    this(null, null, null);
  }

  @Override
  public List<PacsNode> list() {
    List<PacsNode> nodes = book.list();
    lines.keepOnly(nodes);
    return nodes;
  }

  @Override
  public PacsNode set(PacsNode node, HttpCredentials credentials, Actor actor) {
    return book.set(node, credentials, actor);
  }

  @Override
  public void remove(String name, Actor actor) {
    book.remove(name, actor);
    lines.keepOnly(book.list());
  }

  @Override
  public Reachability reachability(PacsNode node) {
    return lines.seen(node);
  }

  @Override
  public Reachability echo(String name) {
    return echo(book.require(name));
  }

  /** Asks a node of the current tenant now. */
  public Reachability echo(PacsNode node) {
    return lines.probe(node, () -> connections.echo(node));
  }
}
