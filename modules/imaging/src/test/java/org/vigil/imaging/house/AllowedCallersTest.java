package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.imaging.api.AllowedCallers;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;

/** Associations that a hospital's list of callers lets in, and those that it does not. */
class AllowedCallersTest {
  private static final Actor ADMINISTRATOR = Actor.person("pacs", null);

  @TempDir private static Path folder;
  private static ImagingHouse house;

  @BeforeAll
  static void open() {
    house = new ImagingHouse(folder);
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  @AfterEach
  void emptyTheList() {
    house.in(() -> callers().list().forEach(c -> callers().remove(c.aeTitle(), ADMINISTRATOR)));
  }

  private static AllowedCallers callers() {
    return house.the(AllowedCallers.class);
  }

  private static void allow(String aeTitle, String... networks) {
    house.in(() -> callers().set(new AllowedCaller(aeTitle, List.of(networks)), ADMINISTRATOR));
  }

  @Test
  void everybodyMayCallAsLongAsThereIsNoList() {
    assertThatCode(() -> EchoScu.echo(house.remote("ANYBODY"))).doesNotThrowAnyException();
  }

  @Test
  void theListCountsForEveryServiceAtOnce() {
    assertThatCode(() -> EchoScu.echo(house.remote("CT2"))).doesNotThrowAnyException();
    allow("CT1");

    assertThatCode(() -> EchoScu.echo(house.remote("CT1"))).doesNotThrowAnyException();
    assertRejected("CT2");
    Film film = Film.of("P-1", "A-1", "20261122", "Chest");
    assertThatThrownBy(() -> StorageScu.storeAll(house.remote("CT2"), List.of(film.item())))
        .isInstanceOf(AssociationRejectedException.class);

    allow("CT2", "127.0.0.0/8", "::1");
    assertThatCode(() -> EchoScu.echo(house.remote("CT2"))).doesNotThrowAnyException();
    allow("CT2", "192.0.2.0/24");
    assertRejected("CT2");
    assertThat(house.surroundings().audit())
        .filteredOn(event -> event.action() == Action.ASSOCIATION_REFUSED)
        .last()
        .satisfies(
            event -> {
              assertThat(event.actor().name()).isEqualTo("CT2");
              assertThat(event.actor().address()).isEqualTo("127.0.0.1");
              assertThat(event.details()).containsEntry("code", "IMAGING-0051");
            });
  }

  private static void assertRejected(String callingAe) {
    assertThatThrownBy(() -> EchoScu.echo(house.remote(callingAe)))
        .isInstanceOf(AssociationRejectedException.class)
        .hasMessageContaining("calling AE title not recognized");
  }

  @Test
  void aCallerThatIsNotOnTheListCannotBeRemoved() {
    house.in(
        () ->
            assertThatThrownBy(() -> callers().remove("NOBODY", ADMINISTRATOR))
                .hasMessageContaining("IMAGING-0053"));
  }

  @Test
  void changesAreAudited() {
    allow("CT1", "192.0.2.9");
    house.in(() -> callers().remove("CT1", ADMINISTRATOR));

    assertThat(house.surroundings().audit())
        .filteredOn(event -> event.action() == Action.CONFIGURATION_CHANGED)
        .filteredOn(event -> "allowed-caller/CT1".equals(event.entity()))
        .extracting(event -> event.details().get("change"))
        .containsSubsequence("set", "removed");
  }
}
