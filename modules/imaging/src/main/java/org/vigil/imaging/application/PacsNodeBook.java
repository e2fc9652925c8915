package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.HttpCredentials.Scheme;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.domain.PacsNodeRules;
import org.vigil.imaging.persistence.PacsNodeEntity;
import org.vigil.imaging.persistence.PacsNodeRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.SealedText;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantKeys;

/** The PACS nodes of the current tenant as they are written down. */
@ApplicationScoped
@Transactional
public class PacsNodeBook {
  private final PacsNodeRepository nodes;
  private final TenantKeys keys;
  private final Event<AuditEvent> audit;

  @Inject
  public PacsNodeBook(PacsNodeRepository nodes, TenantKeys keys, Event<AuditEvent> audit) {
    this.nodes = nodes;
    this.keys = keys;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected PacsNodeBook() {
    this(null, null, null);
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
   * @param credentials null to keep those there are for the same scheme, host and port
   * @throws VigilException IMAGING-0032
   */
  public PacsNode set(PacsNode described, HttpCredentials credentials, Actor actor) {
    PacsNode node = PacsNodeRules.checked(described);
    if (credentials != null) {
      PacsNodeRules.check(credentials, node);
    }
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
    boolean moved = !PacsNodeRules.isSameService(entity.view(), node);
    entity.describe(node, actor.name(), Clock.systemUTC().instant());
    if (credentials != null) {
      entity.authorize(credentials.scheme(), sealed(node.name(), credentials));
    } else if (moved) {
      entity.authorize(Scheme.NONE, null);
    }
    note("set", entity.view(), actor);
    return entity.view();
  }

  private String sealed(String node, HttpCredentials credentials) {
    return credentials.scheme() == Scheme.NONE
        ? null
        : SealedText.seal(
            keys.current(TenantContext.current()), context(node), credentials.value());
  }

  /** The Authorization header for a node, where it wants one. */
  public Optional<String> authorization(String name) {
    return header(nodes.find(name));
  }

  /**
   * The Authorization header for a DICOMweb service that is a node, where it wants one.
   *
   * @param url the service's root, with or without a slash at its end
   */
  public Optional<String> authorizationForService(String url) {
    String root = PacsNodeRules.root(url);
    return header(
        nodes.all().stream()
            .filter(entity -> root.equals(entity.view().url()))
            .filter(entity -> entity.authorizationSealed() != null)
            .findFirst());
  }

  private Optional<String> header(Optional<PacsNodeEntity> node) {
    return node.filter(entity -> entity.authorizationSealed() != null)
        .map(entity -> header(entity.view(), entity.authorizationSealed()));
  }

  private String header(PacsNode node, String sealed) {
    TenantId tenant = TenantContext.current();
    try {
      String value = SealedText.open(id -> keys.key(tenant, id), context(node.name()), sealed);
      return (node.authorization() == Scheme.BASIC ? "Basic " : "Bearer ") + value;
    } catch (GeneralSecurityException e) {
      throw new VigilException(ErrorCode.CRYPTO_0001, Map.of("node", node.name()), e);
    }
  }

  /** Bound in, so that sealed credentials cannot be moved to another row. */
  private static String context(String node) {
    return "pacs-node\n" + TenantContext.current().value() + "\n" + node;
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
    facts.put("authorization", node.authorization().name().toLowerCase(Locale.ROOT));
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
