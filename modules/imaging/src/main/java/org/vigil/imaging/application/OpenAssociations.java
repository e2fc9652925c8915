package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;

/**
 * Which conversations are bringing which study just now, so that the end of one does not cut the
 * quiet period short for the others. Lost at a restart, as the conversations are.
 */
@ApplicationScoped
public class OpenAssociations {
  private final ConcurrentHashMap<Key, Set<UUID>> open = new ConcurrentHashMap<>();

  /** Notes that a conversation has brought something of a study. */
  void open(IntakeAssociation association, StudyInstanceUid study) {
    open.compute(
        new Key(association.tenant(), study),
        (key, ids) -> {
          Set<UUID> known = ids == null ? new HashSet<>() : ids;
          known.add(association.id());
          return known;
        });
  }

  /**
   * Notes that it has ended.
   *
   * @return whether others still bring the study
   */
  boolean close(IntakeAssociation association, StudyInstanceUid study) {
    return open.computeIfPresent(
            new Key(association.tenant(), study),
            (key, ids) -> {
              ids.remove(association.id());
              return ids.isEmpty() ? null : ids;
            })
        != null;
  }

  private record Key(TenantId tenant, StudyInstanceUid study) {}
}
