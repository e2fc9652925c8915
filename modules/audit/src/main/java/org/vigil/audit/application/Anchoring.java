package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.audit.domain.Anchor;
import org.vigil.audit.domain.ChainOfSeals;
import org.vigil.audit.domain.ChainRecords;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Anchors each day that is over, in the database and as a file in a folder kept elsewhere. */
@ApplicationScoped
public class Anchoring {
  @Inject private OwnerTrails trails;
  @Inject private SealingKeys keys;

  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  @Inject
  @ConfigProperty(name = "vigil.audit.anchor-directory")
  private Optional<String> configured;

  /** Where the files go. */
  public Path directory() {
    return configured.map(Path::of).orElse(Path.of(home, "audit", "anchors"));
  }

  /** Trails that have days to anchor, or whose newest anchor is no file yet. */
  public Set<String> outstanding(List<String> schemas) {
    return trails.survey(
        schemas,
        survey -> {
          Set<String> found = new LinkedHashSet<>(survey.unanchored());
          // Files are written oldest first: where the newest lies, the others do.
          survey
              .anchored()
              .forEach(
                  (schema, day) -> {
                    if (!Files.exists(ChainRecords.file(directory(), schema, day))) {
                      found.add(schema);
                    }
                  });
          return found;
        });
  }

  /** Anchors a trail's days that are over, and writes the files that are missing. */
  public void anchor(String schema) {
    trails.inTransaction(
        schema, (trail, connection) -> new ChainOfSeals(trail, keys.current()).anchor());
    // Also those of a time when the share could not be written.
    for (Anchor anchor : trails.inTransaction(schema, (trail, connection) -> trail.anchors())) {
      try {
        ChainRecords.write(directory(), anchor);
      } catch (IOException e) {
        throw new VigilException(
            ErrorCode.KERNEL_0001, Map.of("step", "audit anchor", "day", anchor.day()), e);
      }
    }
  }
}
