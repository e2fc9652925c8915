package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.KeyRotation;
import org.vigil.tenancy.api.KeyRotation.KeyView;
import org.vigil.tenancy.api.KeyRotation.Rewrapped;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TlsContexts;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Keys that encrypt files at rest: which there are, and changing them. Never their material. */
@Path("/platform/keys")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.KEY_ADMINISTER)
public class DataKeyResource {
  @Inject private KeyRotation keys;
  @Inject private TlsContexts tls;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<KeyView>> list() {
    return Map.of(
        "keys",
        reads.viewed(
            AuditEvent.Action.ADMINISTRATION_QUERIED,
            "keys",
            keys::keys,
            (event, found) -> event.on("keys")));
  }

  /** A new master key; every data key is wrapped anew, no file is rewritten. */
  @POST
  @Path("/master/rotation")
  public Rewrapped rotateMaster() {
    return keys.rotateMaster(currentUser.actor());
  }

  /** Takes the certificate that now lies in the key store, on every listener. */
  @POST
  @Path("/tls/reload")
  public Map<String, List<CertificateBody>> reloadTls() {
    try {
      List<CertificateBody> loaded =
          tls.reload(currentUser.actor()).stream().map(CertificateBody::of).toList();
      return Map.of("certificates", loaded);
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.CRYPTO_0006, Map.of("problem", String.valueOf(e.getMessage())), e);
    }
  }

  /** Vigil's own certificates. */
  @GET
  @Path("/tls")
  public Map<String, List<CertificateBody>> tls() {
    try {
      return Map.of("certificates", tls.certificates().stream().map(CertificateBody::of).toList());
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.CRYPTO_0003, Map.of("problem", String.valueOf(e.getMessage())), e);
    }
  }

  /** A certificate. */
  public record CertificateBody(
      String subject, String issuer, String serialNumber, Instant notBefore, Instant notAfter) {
    static CertificateBody of(X509Certificate c) {
      return new CertificateBody(
          c.getSubjectX500Principal().getName(),
          c.getIssuerX500Principal().getName(),
          c.getSerialNumber().toString(16),
          c.getNotBefore().toInstant(),
          c.getNotAfter().toInstant());
    }
  }

  /** A new data key for the hospital's new files. */
  @POST
  @Path("/tenants/{tenant}/rotation")
  public KeyView rotateTenant(@PathParam("tenant") String tenant) {
    return keys.rotateTenant(TenantId.of(tenant), currentUser.actor());
  }
}
