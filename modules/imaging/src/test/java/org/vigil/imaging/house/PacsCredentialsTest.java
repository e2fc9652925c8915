package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.HttpCredentials.Scheme;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.imaging.api.PacsNode.State;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.imaging.api.ResultObjects;
import org.vigil.kernel.Actor;
import org.vigil.kernel.SopInstanceUid;

/** An archive's DICOMweb service that lets nobody in without a name and a password. */
class PacsCredentialsTest {
  private static final Actor ADMIN = Actor.person("admin", "127.0.0.1");
  private static final String PASSWORD = "w3b: pässword";

  @TempDir private static Path folder;
  private static ImagingHouse house;
  private static OrthancProcess orthanc;

  @BeforeAll
  static void open() {
    Assumptions.assumeTrue(
        OrthancProcess.isInstalled() && OrthancProcess.hasDicomWeb(),
        "install the Debian packages orthanc and orthanc-dicomweb");
    house = new ImagingHouse(folder);
    orthanc =
        new OrthancProcess(folder.resolve("orthanc"), house.port(), Map.of("vigil", PASSWORD));
  }

  @AfterAll
  static void close() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (house != null) {
      house.close();
    }
  }

  @Test
  void isAskedWithThemAndNobodyReadsThemAgain() {
    set(orthanc.webNode(), HttpCredentials.NONE);
    assertThat(echo().state()).isEqualTo(State.DOWN);
    assertThat(echo().failure()).contains("401");

    PacsNode node = set(orthanc.webNode(), HttpCredentials.basic("vigil", PASSWORD));
    assertThat(node.authorization()).isEqualTo(Scheme.BASIC);
    assertThat(echo().state()).isEqualTo(State.UP);

    assertThat(house.texts("select authorization_sealed from pacs_node").get(0))
        .doesNotContain(HttpCredentials.basic("vigil", PASSWORD).value(), PASSWORD);
    assertThat(house.surroundings().audit().toString())
        .contains("authorization=basic")
        .doesNotContain(PASSWORD, HttpCredentials.basic("vigil", PASSWORD).value());
  }

  @Test
  void staysWithTheServiceItIsFor() {
    set(orthanc.webNode(), HttpCredentials.basic("vigil", PASSWORD));

    assertThat(set(orthanc.webNode(), null).authorization()).isEqualTo(Scheme.BASIC);
    assertThat(echo().state()).isEqualTo(State.UP);

    assertThat(set(orthanc.webNode("localhost"), null).authorization()).isEqualTo(Scheme.NONE);
    assertThat(echo().state()).isEqualTo(State.DOWN);
  }

  @Test
  void getsResultsWithThem() throws IOException {
    Film film = Film.of("CRED-1", "CRED-A1", "20261122", "Chest PA");
    StorageScu.storeAll(house.remote("DXROOM1"), List.of(film.item()));
    set(orthanc.webNode(), HttpCredentials.NONE);
    assertThatThrownBy(() -> send(film))
        .hasMessageContaining("IMAGING-0011")
        .hasMessageContaining("401");

    set(orthanc.webNode(), HttpCredentials.basic("vigil", PASSWORD));
    send(film);

    assertThat(
            orthanc.post(
                "/tools/find",
                Map.of("Level", "Instance", "Query", Map.of("SOPInstanceUID", film.instance()))))
        .hasSize(1);
  }

  private static void send(Film film) {
    house.in(
        () ->
            house
                .the(ResultObjects.class)
                .send(SopInstanceUid.of(film.instance()), orthanc.webDestination()));
  }

  @Test
  void travelsEncryptedAlone() {
    PacsNode plain =
        new PacsNode(
            "archive",
            PacsNode.Kind.DICOMWEB,
            null,
            null,
            0,
            false,
            "http://pacs.example.org/dicom-web",
            null,
            Set.of(PacsNode.Capability.QUERY));
    assertThatThrownBy(() -> set(plain, HttpCredentials.bearer("abc.def")))
        .hasMessageContaining("IMAGING-0032")
        .hasMessageContaining("https");
    assertThatThrownBy(() -> set(orthanc.webNode(), HttpCredentials.bearer("a b\r\nX-Other: c")))
        .hasMessageContaining("IMAGING-0032")
        .hasMessageContaining("authorization");
  }

  private static PacsNode set(PacsNode node, HttpCredentials credentials) {
    PacsNode[] set = new PacsNode[1];
    house.in(() -> set[0] = house.the(PacsNodes.class).set(node, credentials, ADMIN));
    return set[0];
  }

  private static Reachability echo() {
    Reachability[] seen = new Reachability[1];
    house.in(() -> seen[0] = house.the(PacsNodes.class).echo("archive"));
    return seen[0];
  }
}
