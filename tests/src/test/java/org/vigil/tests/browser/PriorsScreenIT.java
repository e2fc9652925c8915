package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.tests.server.Visit;

/** The patient's prior studies beside the new one: one that is here, one that does not come. */
class PriorsScreenIT extends BrowserTest {
  private HttpServer archive;

  @AfterEach
  void stopTheArchive() {
    if (archive != null) {
      archive.stop(0);
    }
  }

  @Test
  void thePageShowsWhatIsHereAndWhyTheRestIsNot() throws IOException {
    Visit visit = hospital().normal();
    Visit here =
        visit.with(visit.request().patient(), "OLD" + visit.accession().substring(4), Uids.fresh());
    hospital().send(here.images(PriorsScreenIT::old));
    hospital().waitUntilAnalysed(here);
    String missing = Uids.fresh();
    anArchiveThatGivesNothing(visit, missing);
    hospital().sendOrder(visit);
    hospital().sendStudy(visit);
    hospital().waitUntilAnalysed(visit);

    Window window = windowOf("radiologist");
    window.study(visit.study()).drawn();
    // What is on its way is looked for again and again, so that nobody has to reload the page.
    assertThat(window.find("prior")).hasCount(2);
    Locator late = window.page().locator("[data-testid=prior][data-study-uid='" + missing + "']");
    assertThat(late).hasAttribute("data-state", "wanted");
    assertThat(late).containsText("2024-02-03");
    assertThat(late).containsText("Chest lateral");
    assertThat(late.getByTestId("prior-problem")).containsText("IMAGING-0033");
    assertThat(late.getByTestId("prior-open")).hasCount(0);
    Locator stored = window.page().locator("[data-testid=prior][data-state=stored]");
    assertThat(stored).containsText("2025-03-17");
    assertThat(stored).containsText("Chest PA of old");
    assertThat(stored).containsText("1 object");
    assertAccessible(window);
    window.photograph("study-priors");

    stored.getByTestId("prior-open").focus();
    window.page().keyboard().press("Enter");
    assertThat(window.find("study-page")).hasAttribute("data-study-uid", here.study());
    new StudyScreen(window).drawn();
    assertThat(window.find("priors")).containsText("Chest lateral");
  }

  private static void old(Attributes film) {
    film.setString(Tag.StudyDate, VR.DA, "20250317");
    film.setString(Tag.StudyDescription, VR.LO, "Chest PA of old");
  }

  /** It has a study of the patient and does not hand it out. */
  private void anArchiveThatGivesNothing(Visit visit, String study) throws IOException {
    String match =
        """
        [{"0020000D":{"vr":"UI","Value":["%s"]},"00080020":{"vr":"DA","Value":["20240203"]},
          "00080061":{"vr":"CS","Value":["DX"]},"00081030":{"vr":"LO","Value":["Chest lateral"]},
          "00100020":{"vr":"LO","Value":["%s"]},"00100021":{"vr":"LO","Value":["%s"]},
          "00100030":{"vr":"DA","Value":["%s"]},"00201208":{"vr":"IS","Value":[1]}}]
        """
            .formatted(
                study,
                visit.patientId(),
                visit.request().patient().issuer(),
                visit.request().patient().birthDate().format(DateTimeFormatter.BASIC_ISO_DATE));
    archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    archive.createContext("/dicom-web/studies", exchange -> answer(exchange, match));
    archive.start();
    hospital()
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/pacs-nodes/archive",
            Map.of(
                "kind",
                "dicomweb",
                "url",
                "http://127.0.0.1:" + archive.getAddress().getPort() + "/dicom-web",
                "capabilities",
                List.of("query", "get")))
        .ok();
  }

  private static void answer(HttpExchange exchange, String match) throws IOException {
    boolean search = exchange.getRequestURI().getPath().endsWith("/studies");
    byte[] body = match.getBytes(StandardCharsets.UTF_8);
    if (search) {
      exchange.getResponseHeaders().add("Content-Type", "application/dicom+json");
    }
    exchange.sendResponseHeaders(search ? 200 : 503, search ? body.length : -1);
    try (OutputStream out = exchange.getResponseBody()) {
      if (search) {
        out.write(body);
      }
    }
  }
}
