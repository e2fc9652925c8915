package org.vigil.cli.demo;

import java.io.IOException;
import java.util.List;
import org.vigil.dicom.net.StoreItem;

/**
 * One patient of the night: the order and the study that follows it.
 *
 * @param orderMessage ORM^O01 in ER7 with CR between segments, or null for a study without an order
 * @param images makes the study's images when it is their turn to be sent
 */
public record NightCase(int number, String studyInstanceUid, String orderMessage, Images images) {

  /** Draws or opens a study's images. */
  @FunctionalInterface
  public interface Images {
    List<StoreItem> open() throws IOException;
  }
}
