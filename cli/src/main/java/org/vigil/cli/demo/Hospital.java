package org.vigil.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vigil.cli.demo.peer.Chart;
import org.vigil.cli.demo.peer.Ehr;
import org.vigil.cli.demo.peer.Modality;
import org.vigil.cli.demo.peer.Pacs;
import org.vigil.cli.demo.peer.Ris;
import org.vigil.dicom.net.RemoteAe;

/**
 * The demo's hospitals, {@code st-agnes} and {@code mercy}, and the systems around them. They share
 * a machine, as two hospitals may share an installation; each has its own AE title, facility,
 * chart.
 */
public final class Hospital implements AutoCloseable {
  public static final String AGNES = "st-agnes";
  public static final String MERCY = "mercy";
  public static final Map<String, String> NAMES =
      Map.of(AGNES, "St. Agnes Hospital", MERCY, "Mercy General");
  public static final Map<String, String> AE_TITLES = Map.of(AGNES, "STAGNES", MERCY, "MERCY");

  private final Ehr ehr;
  private final Pacs pacs;
  private final Ris ris;
  private final Modality modality;
  private final int resultPort;

  public Hospital(PeerPorts ports, int dicomPort, int mllpPort, Path archive) throws IOException {
    this.resultPort = ports.ris();
    this.ehr = new Ehr(ports.ehr(), List.of(AGNES, MERCY));
    this.pacs = new Pacs(ports.pacs(), archive);
    try {
      this.ris = new Ris("localhost", mllpPort, ports.ris());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the RIS started", e);
    }
    this.modality =
        new Modality(RemoteAe.of("localhost", dicomPort, AE_TITLES.get(AGNES), "DXROOM1"));
  }

  /** Where a hospital's results go, as {@code POST /api/platform/tenants} takes it. */
  public List<Map<String, Object>> destinations(String hospital) {
    return List.of(
        Map.of(
            "kind",
            "DICOM",
            "host",
            "localhost",
            "port",
            pacs.port(),
            "aeTitle",
            AE_TITLES.get(hospital) + "_PACS"),
        Map.of(
            "kind",
            "HL7",
            "host",
            "localhost",
            "port",
            resultPort,
            "facility",
            AE_TITLES.get(hospital)),
        Map.of("kind", "FHIR", "port", 0, "url", ehr.baseUrl(hospital)));
  }

  public Ris ris() {
    return ris;
  }

  public Modality modality() {
    return modality;
  }

  public Pacs pacs() {
    return pacs;
  }

  public Chart chart(String hospital) {
    return ehr.chart(hospital);
  }

  public String ehrUrl(String hospital) {
    return ehr.baseUrl(hospital);
  }

  @Override
  public void close() {
    ris.close();
    pacs.close();
    ehr.close();
  }

  /** Ports of the demo's own systems. */
  public record PeerPorts(int ehr, int pacs, int ris) {}
}
