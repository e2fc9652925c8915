package org.vigil.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.api.DicomWeb.Body;
import org.vigil.imaging.api.InstanceView;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.tenancy.api.TenantContext;

/**
 * Frames and pictures as they were sent, decoded and decrypted, in memory alone. Objects never
 * change, so nothing in here grows old; who may see them was decided before.
 */
@ApplicationScoped
public class FrameCache {
  private Cache<Key, Content> contents = of(64L << 20);

  @Inject
  void configure(
      @ConfigProperty(name = "vigil.imaging.frame-cache-bytes", defaultValue = "100663296")
          long bytes) {
    this.contents = of(bytes);
  }

  private static Cache<Key, Content> of(long bytes) {
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .weigher((Key key, Content content) -> 200 + content.bytes().length)
        .build();
  }

  /**
   * A body of the current tenant's object.
   *
   * @param what tells it from the object's other bodies
   * @param etag of the body
   * @param make makes it where it is not here; two who ask at once may both
   */
  Body body(InstanceView instance, String what, String etag, Maker make) {
    Key key = new Key(TenantContext.current(), instance.sha256(), what);
    Content content = contents.getIfPresent(key);
    if (content == null) {
      content = make.make();
      contents.put(key, content);
    }
    byte[] bytes = content.bytes();
    return new Body(content.type(), etag, bytes.length, out -> out.write(bytes));
  }

  /** A closed hospital's images are gone from memory too. */
  void forget(@Observes TenantClosed event) {
    contents.asMap().keySet().removeIf(key -> key.tenant().equals(event.tenant()));
  }

  /** Makes a body's content. */
  @FunctionalInterface
  interface Maker {
    Content make();
  }

  /**
   * What is kept.
   *
   * @param type media type with its parameters
   */
  record Content(String type, byte[] bytes) {}

  private record Key(TenantId tenant, String sha256, String what) {}
}
