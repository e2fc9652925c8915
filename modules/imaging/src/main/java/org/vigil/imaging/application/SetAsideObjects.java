package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.RejectedObjects;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Reads what intake has set aside. */
@ApplicationScoped
public class SetAsideObjects implements RejectedObjects {
  @Inject private ObjectStore store;
  @Inject private Event<AuditEvent> audit;

  @Override
  public List<RejectedObject> list() {
    return store.rejected(TenantContext.current());
  }

  @Override
  @Transactional
  public InputStream open(String name, Actor actor) {
    try {
      InputStream content = store.rejectedSource(TenantContext.current(), name).open(0);
      audit.fire(
          AuditEvent.of(AuditEvent.Action.IMAGE_ACCESSED, actor)
              .on(name)
              .with(Map.of("what", "refused object")));
      return content;
    } catch (NoSuchFileException e) {
      throw new VigilException(ErrorCode.KERNEL_0004, Map.of("refusedObject", name), e);
    } catch (IOException e) {
      throw new VigilException(ErrorCode.CRYPTO_0002, Map.of("refusedObject", name), e);
    }
  }
}
