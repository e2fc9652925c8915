package org.vigil.kernel.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
  private final MasterKey master = MasterKey.of("master-key.1", MasterKey.generate());
  private final DataKey key = DataKey.generate();
  private final byte[] wrapped = master.wrap(key, "st-agnes");

  @Test
  void aWrappedKeyComesBack() throws GeneralSecurityException {
    assertThat(master.unwrap(key.id(), wrapped, "st-agnes").material()).isEqualTo(key.material());
  }

  @Test
  void itOpensForItsOwnerItsIdAndItsMasterOnly() {
    assertThatThrownBy(() -> master.unwrap(key.id(), wrapped, "st-barbara"))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> master.unwrap(UUID.randomUUID(), wrapped, "st-agnes"))
        .isInstanceOf(GeneralSecurityException.class);
    MasterKey other = MasterKey.of("master-key.1", MasterKey.generate());
    assertThatThrownBy(() -> other.unwrap(key.id(), wrapped, "st-agnes"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aWrongTextIsRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> MasterKey.of("master-key.1", "dG9vIHNob3J0"))
        .hasMessageContaining("master-key.1")
        .hasMessageNotContaining("dG9v");
  }

  @Test
  void keysTellTheirNameAlone() {
    assertThat(master).hasToString("MasterKey master-key.1");
    assertThat(key).hasToString("DataKey " + key.id());
  }
}
