package org.vigil.tenancy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantKeys;

class SealedIdsTest {
  private static final TenantId TENANT = TenantId.of("st-agnes");
  private static final String QUEUE = "vigil.inference";

  private final DataKey key = DataKey.generate();
  private final UUID job = UUID.randomUUID();
  private final List<String> refused = new ArrayList<>();

  @Test
  void anIdComesBackAndAMessageOfNoneOfTheHospitalsKeysIsRefused() throws Exception {
    SealedIds ids = ids(id -> id.equals(key.id()) ? Optional.of(key) : Optional.empty());
    String text = TenantContext.call(TENANT, () -> ids.seal(QUEUE, job));

    assertThat(ids.open(TENANT, QUEUE, text)).contains(job);
    assertThat(ids.open(TENANT, QUEUE, job.toString())).isEmpty();
    assertThat(ids(id -> Optional.empty()).open(TENANT, QUEUE, text)).isEmpty();
    assertThat(refused).containsExactly(QUEUE, QUEUE);
  }

  /** A refused message is acknowledged: a lost master key must not empty the queue. */
  @Test
  void aKeyThatCannotBeReadKeepsTheMessage() throws Exception {
    SealedIds ids =
        ids(
            id -> {
              throw new VigilException(ErrorCode.CRYPTO_0001);
            });
    String text = TenantContext.call(TENANT, () -> ids.seal(QUEUE, job));

    assertThatThrownBy(() -> ids.open(TENANT, QUEUE, text))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CRYPTO_0001));
    assertThat(refused).isEmpty();
  }

  private interface Keys {
    Optional<DataKey> find(UUID id);
  }

  private SealedIds ids(Keys keys) {
    return new SealedIds(
        new TenantKeys() {
          @Override
          public DataKey current(TenantId tenant) {
            return key;
          }

          @Override
          public Optional<DataKey> find(TenantId tenant, UUID id) {
            return keys.find(id);
          }
        },
        new SealedIds.Refusals() {
          @Override
          public void record(String queue) {
            refused.add(queue);
          }
        });
  }
}
