package org.vigil.identity.persistence;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.kernel.TenantId;

/** A hospital's OpenID provider: {@code platform.identity_provider} and its groups. */
@Entity
@Table(name = "identity_provider", schema = "platform")
public class IdentityProviderEntity {
  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  @Column(nullable = false)
  private String issuer;

  @Column(nullable = false)
  private String audience;

  @Column(name = "client_id", nullable = false)
  private String clientId;

  /** Sealed; see {@code SealedSecrets}. */
  @Column(name = "client_secret")
  private byte[] clientSecret;

  @Column(name = "client_secret_expires_at")
  private Instant clientSecretExpiresAt;

  @Column(name = "jwks_uri", nullable = false)
  private String jwksUri;

  @Column(name = "authorization_endpoint", nullable = false)
  private String authorizationEndpoint;

  @Column(name = "token_endpoint", nullable = false)
  private String tokenEndpoint;

  @Column(name = "user_name_claim", nullable = false)
  private String userNameClaim;

  @Column(name = "groups_claim", nullable = false)
  private String groupsClaim;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "identity_provider_group",
      schema = "platform",
      joinColumns = @JoinColumn(name = "tenant_id"))
  private Set<ProviderGroupRow> groups = new HashSet<>();

  protected IdentityProviderEntity() {}

  public IdentityProviderEntity(TenantId tenant) {
    this.tenantId = tenant.value();
  }

  public void describe(Provider wanted) {
    issuer = wanted.issuer();
    audience = wanted.audience();
    clientId = wanted.clientId();
    clientSecretExpiresAt = wanted.clientSecretExpiresAt();
    jwksUri = wanted.jwksUri().toString();
    authorizationEndpoint = wanted.authorizationEndpoint().toString();
    tokenEndpoint = wanted.tokenEndpoint().toString();
    userNameClaim = wanted.userNameClaim();
    groupsClaim = wanted.groupsClaim();
    Set<ProviderGroupRow> rows = ProviderGroupRow.rows(wanted.grants());
    groups.retainAll(rows);
    groups.addAll(rows);
  }

  public void setClientSecret(byte[] sealed) {
    clientSecret = sealed;
  }

  public byte[] clientSecret() {
    return clientSecret;
  }

  public Instant clientSecretExpiresAt() {
    return clientSecretExpiresAt;
  }

  public Provider toProvider() {
    return new Provider(
        TenantId.of(tenantId),
        issuer,
        audience,
        clientId,
        clientSecretExpiresAt,
        URI.create(jwksUri),
        URI.create(authorizationEndpoint),
        URI.create(tokenEndpoint),
        userNameClaim,
        groupsClaim,
        ProviderGroupRow.grants(groups));
  }
}
