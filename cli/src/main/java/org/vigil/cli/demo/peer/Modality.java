package org.vigil.cli.demo.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;

/** A modality: sends a study over an association of its own. */
public final class Modality {
  private final RemoteAe vigil;

  public Modality(RemoteAe vigil) {
    this.vigil = vigil;
  }

  /**
   * Sends a study.
   *
   * @return what Vigil answered, an image
   * @throws IOException when the association failed; sending all again is safe
   */
  public List<StoreResult> send(List<StoreItem> images) throws IOException {
    List<StoreResult> results = new ArrayList<>();
    try (StorageScu scu = StorageScu.open(vigil, images)) {
      for (StoreItem image : images) {
        results.add(scu.store(image));
      }
    }
    return results;
  }
}
