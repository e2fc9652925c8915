package org.vigil.tenancy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.Tenants.NewDestination;

/** A peer to which a hospital's results go: {@code platform.destination}. */
@Entity
@Table(name = "destination", schema = "platform")
public class DestinationEntity {
  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private Destination.Kind kind;

  private String host;
  private Integer port;

  @Column(name = "ae_title")
  private String aeTitle;

  private String url;
  private String facility;

  @Column(nullable = false)
  private boolean tls;

  @Column(name = "tls_trusted")
  private String tlsTrusted;

  @Column(name = "tls_client_key")
  private String tlsClientKey;

  protected DestinationEntity() {}

  public DestinationEntity(TenantId tenant, Destination.Kind kind) {
    this.id = UUID.randomUUID();
    this.tenantId = tenant.value();
    this.kind = kind;
  }

  public void describe(NewDestination wanted) {
    this.host = wanted.host();
    this.port = wanted.port();
    this.aeTitle = wanted.aeTitle();
    this.url = wanted.url();
    this.facility = wanted.facility();
    this.tls = wanted.tls() != null;
    this.tlsTrusted = wanted.tls() == null ? null : wanted.tls().trusted();
    this.tlsClientKey = wanted.tls() == null ? null : wanted.tls().clientKey();
  }

  public TenantId tenant() {
    return TenantId.of(tenantId);
  }

  public Destination toView() {
    return new Destination(
        id,
        kind,
        host,
        port == null ? 0 : port,
        aeTitle,
        url,
        facility,
        tls ? new Destination.Tls(tlsTrusted, tlsClientKey) : null);
  }
}
