package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes rotated logs when their time is over. The server writes one file a level, so that a
 * warning outlives the chatter around it: {@code server-warn.log} (WARN and ERROR, 90 days), {@code
 * server.log} (INFO and above, 30 days), {@code server-debug.log} (DEBUG and below, 7 days).
 */
@ApplicationScoped
public class LogRetention {
  private static final Logger LOG = LoggerFactory.getLogger(LogRetention.class);

  @Inject
  @ConfigProperty(name = "jboss.server.log.dir")
  private Optional<String> directory;

  @Inject
  @ConfigProperty(name = "vigil.log.keep-warnings", defaultValue = "P90D")
  private Duration warnings;

  @Inject
  @ConfigProperty(name = "vigil.log.keep-information", defaultValue = "P30D")
  private Duration information;

  @Inject
  @ConfigProperty(name = "vigil.log.keep-debugging", defaultValue = "P7D")
  private Duration debugging;

  /** Deletes what was last written to before its time. */
  public void apply(Instant now) {
    directory.ifPresent(
        logs ->
            Map.of(
                    "server-warn.log.*", warnings,
                    "server.log.*", information,
                    "server.json.*", information,
                    "server-debug.log.*", debugging)
                .forEach((files, kept) -> delete(Path.of(logs), files, now.minus(kept))));
  }

  private static void delete(Path directory, String files, Instant before) {
    try (DirectoryStream<Path> rotated = Files.newDirectoryStream(directory, files)) {
      for (Path file : rotated) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.delete(file);
          LOG.info("Log {} deleted: its time is over", file.getFileName());
        }
      }
    } catch (IOException e) {
      LOG.warn("Old logs in {} could not be deleted", directory, e);
    }
  }
}
