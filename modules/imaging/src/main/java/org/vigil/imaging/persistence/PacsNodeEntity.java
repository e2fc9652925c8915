package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.vigil.imaging.api.HttpCredentials.Scheme;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;

/** A PACS node of the current tenant. */
@Entity(name = "PacsNode")
@Table(name = "pacs_node")
public class PacsNodeEntity {
  private static final String SEPARATOR = ",";

  @Id
  @Column(name = "name", length = 32)
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false)
  private Kind kind;

  @Column(name = "ae_title")
  private String aeTitle;

  @Column(name = "host")
  private String host;

  @Column(name = "port")
  private Integer port;

  @Column(name = "tls", nullable = false)
  private boolean tls;

  @Column(name = "url")
  private String url;

  @Column(name = "trusted")
  private String trusted;

  @Column(name = "capabilities", nullable = false)
  private String capabilities;

  @Enumerated(EnumType.STRING)
  @Column(name = "authorization_scheme", nullable = false)
  private Scheme authorizationScheme = Scheme.NONE;

  @Column(name = "authorization_sealed")
  private String authorizationSealed;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  @Column(name = "changed_by", nullable = false)
  private String changedBy;

  /** For Hibernate. */
  protected PacsNodeEntity() {}

  public PacsNodeEntity(String name) {
    this.name = name;
  }

  /** Takes a description over. */
  public void describe(PacsNode node, String by, Instant at) {
    kind = node.kind();
    aeTitle = node.aeTitle();
    host = node.host();
    port = node.port() == 0 ? null : (Integer) node.port();
    tls = node.tls();
    url = node.url();
    trusted = node.trusted();
    capabilities =
        node.capabilities().stream()
            .sorted()
            .map(Enum::name)
            .collect(Collectors.joining(SEPARATOR));
    changedBy = by;
    changedAt = at;
  }

  /**
   * Keeps credentials.
   *
   * @param sealed null with {@link Scheme#NONE}
   */
  public void authorize(Scheme scheme, String sealed) {
    authorizationScheme = scheme;
    authorizationSealed = sealed;
  }

  public String authorizationSealed() {
    return authorizationSealed;
  }

  public PacsNode view() {
    return new PacsNode(
        name,
        kind,
        aeTitle,
        host,
        port == null ? 0 : port,
        tls,
        url,
        trusted,
        Arrays.stream(capabilities.split(SEPARATOR, -1))
            .filter(text -> !text.isEmpty())
            .map(Capability::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        authorizationScheme);
  }
}
