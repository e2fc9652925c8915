package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.domain.PacsNodeRules;
import org.vigil.imaging.persistence.PacsNodeEntity;
import org.vigil.imaging.persistence.PacsNodeRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The PACS nodes of the current tenant as they are written down. */
@ApplicationScoped
@Transactional
public class PacsNodeBook {
  private final PacsNodeRepository nodes;
  private final Event<AuditEvent> audit;

  @Inject
  public PacsNodeBook(PacsNodeRepository nodes, Event<AuditEvent> audit) {
    this.nodes = nodes;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected PacsNodeBook() {
    this(null, null);
  }

  public List<PacsNode> list() {
    return nodes.all().stream().map(PacsNodeEntity::view).toList();
  }

  public Optional<PacsNode> find(String name) {
    return nodes.find(name).map(PacsNodeEntity::view);
  }

  public Optional<PacsNode> byAeTitle(String aeTitle) {
    return nodes.byAeTitle(aeTitle).map(PacsNodeEntity::view);
  }

  /**
   * The node of a name.
   *
   * @throws VigilException IMAGING-0031
   */
  public PacsNode require(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  /**
   * Adds or changes a node.
   *
   * @throws VigilException IMAGING-0032
   */
  public PacsNode set(PacsNode described, Actor actor) {
    PacsNode node = PacsNodeRules.checked(described);
    Optional<PacsNodeEntity> sameAeTitle =
        node.aeTitle() == null ? Optional.empty() : nodes.byAeTitle(node.aeTitle());
    if (sameAeTitle.filter(other -> !other.view().name().equals(node.name())).isPresent()) {
      throw new VigilException(
          ErrorCode.IMAGING_0032,
          Map.of("field", "aeTitle", "problem", "is that of another node of this hospital"));
    }
    PacsNodeEntity entity =
        nodes
            .lock(node.name())
            .orElseGet(
                () -> {
                  PacsNodeEntity added = new PacsNodeEntity(node.name());
                  added.describe(node, actor.name(), Clock.systemUTC().instant());
                  nodes.add(added);
                  return added;
                });
    entity.describe(node, actor.name(), Clock.systemUTC().instant());
    note("set", node, actor);
    return entity.view();
  }

  /**
   * Removes a node.
   *
   * @throws VigilException IMAGING-0031
   */
  public void remove(String name, Actor actor) {
    PacsNodeEntity entity = nodes.lock(name).orElseThrow(() -> unknown(name));
    nodes.remove(entity);
    note("removed", entity.view(), actor);
  }

  private void note(String what, PacsNode node, Actor actor) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("setting", "pacs node");
    facts.put("change", what);
    facts.put("kind", node.kind().name().toLowerCase(Locale.ROOT));
    facts.put("address", node.url() == null ? node.aeTitle() + "@" + node.host() : node.url());
    facts.put(
        "capabilities",
        node.capabilities().stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("pacs-node/" + node.name())
            .with(facts));
  }

  private static VigilException unknown(String name) {
    return new VigilException(ErrorCode.IMAGING_0031, Map.of("node", String.valueOf(name)));
  }
}
