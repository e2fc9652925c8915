package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.vigil.identity.api.Directories;
import org.vigil.identity.application.DirectoryStore.Stored;
import org.vigil.identity.domain.DirectoryRules;
import org.vigil.identity.ldap.LdapDirectory;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Directories of hospitals: their settings, and the way to ask them. */
@ApplicationScoped
public class KnownDirectories implements Directories {
  /** Nobody's name: whoever searches it learns whether the directory answers. */
  private static final String NOBODY = "vigil-asks-whether-this-answers";

  @Inject private DirectoryStore store;
  @Inject private SealedSecrets sealed;
  @Inject private Event<AuditEvent> audit;

  @Override
  public Optional<Directory> find(TenantId tenant) {
    return stored(tenant).map(Stored::directory);
  }

  @Override
  @Transactional
  public Directory describe(Directory wanted, char[] bindPassword, Actor actor) {
    DirectoryRules.check(wanted);
    char[] password =
        bindPassword != null
            ? bindPassword
            : stored(wanted.tenant())
                .map(this::password)
                .orElseThrow(
                    () ->
                        new VigilException(
                            ErrorCode.KERNEL_0003,
                            Map.of("field", "bindPassword", "problem", "is required")));
    new LdapDirectory(wanted, password).find(NOBODY);
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("directory")
            .with(
                Map.of(
                    "url", wanted.url(), "bindPassword", bindPassword == null ? "kept" : "set")));
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] closed =
        sealed.seal(Arrays.copyOf(bytes.array(), bytes.limit()), owner(wanted.tenant()));
    TenantContext.<Void>asPlatform(
        () -> {
          store.describe(wanted, closed);
          return null;
        });
    return wanted;
  }

  @Override
  @Transactional
  public void remove(TenantId tenant, Actor actor) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("directory")
            .with(Map.of("change", "removed")));
    TenantContext.<Void>asPlatform(
        () -> {
          store.remove(tenant);
          return null;
        });
  }

  /** A directory and its settings, ready to be asked. */
  Optional<Open> open(TenantId tenant) {
    return stored(tenant)
        .map(s -> new Open(s.directory(), new LdapDirectory(s.directory(), password(s))));
  }

  private Optional<Stored> stored(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.find(tenant));
  }

  private char[] password(Stored stored) {
    byte[] open = sealed.open(stored.sealedPassword(), owner(stored.directory().tenant()));
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(open)).toString().toCharArray();
  }

  private static String owner(TenantId tenant) {
    return tenant.value() + "/ldap-bind";
  }

  /** A directory that can be asked. */
  record Open(Directory settings, LdapDirectory people) {}
}
