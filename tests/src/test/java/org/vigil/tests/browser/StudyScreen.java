package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** An open study: images in the middle, the AI at the side. */
record StudyScreen(Window window) {

  /** Waits until the viewer says that an image is drawn. */
  StudyScreen drawn() {
    assertThat(window.find("viewport")).hasAttribute("data-rendered", "true");
    return this;
  }

  Locator patient() {
    return window.find("study-patient");
  }

  Locator panel() {
    return window.find("ai-panel");
  }

  Locator boxes() {
    return window.find("finding-box");
  }

  Locator heatMap() {
    return window.find("heatmap");
  }

  Locator positiveFindings() {
    return window.page().locator("[data-testid=finding][data-positive=true]");
  }

  /** Turns the switch and waits for the result. */
  StudyScreen reveal() {
    window.find("reveal-switch").click();
    assertThat(panel()).hasAttribute("data-revealed", "true");
    return this;
  }

  /** Shows the heat map. */
  StudyScreen showHeatMap() {
    window.find("heatmap-toggle").check();
    heatMap().waitFor();
    return this;
  }

  /** What the viewer has drawn, without what the page lays over it. */
  BufferedImage canvas() {
    String url =
        (String)
            window
                .find("viewport")
                .locator("canvas")
                .first()
                .evaluate("c => c.toDataURL('image/png')");
    try {
      return ImageIO.read(
          new ByteArrayInputStream(
              Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The viewport with all that lies over it, as PNG. */
  byte[] photograph() {
    BoundingBox view = window.find("viewport").boundingBox();
    return window
        .page()
        .screenshot(new Page.ScreenshotOptions().setClip(view.x, view.y, view.width, view.height));
  }

  /**
   * Where the image lies in the window, in CSS pixels: the heat map covers it exactly.
   *
   * @throws com.microsoft.playwright.PlaywrightException if the heat map is not shown
   */
  BoundingBox image() {
    return heatMap().boundingBox();
  }

  /** Where the first finding's box lies in the window, in CSS pixels. */
  BoundingBox box() {
    return boxes().first().locator("polygon.edge").boundingBox();
  }
}
