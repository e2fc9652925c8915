package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.StorageLocations;

/** What an erasure and the drafts of its hospital see of each other. */
class OpenDraftsTest {
  private static final TenantId LEAVING = TenantId.of("st-agnes");
  private static final TenantId STAYING = TenantId.of("st-bride");

  private final OpenDrafts drafts = new OpenDrafts(new OneLeaves());

  @Test
  void noDraftBeginsInAHospitalThatIsBeingErased() throws IOException {
    assertThatThrownBy(() -> drafts.enter(LEAVING))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANCY_0004));
    drafts.awaitNone(LEAVING, Duration.ZERO);
    drafts.enter(STAYING).close();
  }

  @Test
  void filesAreDeletedWhenTheLastDraftHasEnded() throws Exception {
    OpenDrafts.Entry first = drafts.enter(STAYING);
    OpenDrafts.Entry second = drafts.enter(STAYING);
    CompletableFuture<Void> erasure =
        CompletableFuture.runAsync(
            () -> {
              try {
                drafts.awaitNone(STAYING, Duration.ofSeconds(30));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    first.close();
    first.close();
    assertThatThrownBy(() -> erasure.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    second.close();
    erasure.get(30, TimeUnit.SECONDS);
  }

  @Test
  void anErasureThatWaitedInVainDeletesNothing() {
    drafts.enter(STAYING);
    assertThatThrownBy(() -> drafts.awaitNone(STAYING, Duration.ofMillis(50)))
        .isInstanceOf(IOException.class)
        .hasMessage("1 objects are still being written");
  }

  private static final class OneLeaves implements StorageLocations {
    @Override
    public Path storage(TenantId tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path backup(TenantId tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> region(TenantId tenant) {
      return Optional.empty();
    }

    @Override
    public boolean isLeaving(TenantId tenant) {
      return tenant.equals(LEAVING);
    }
  }
}
