package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.vigil.imaging.api.Frames;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.kernel.SopInstanceUid;

/**
 * Decodes images in a transaction of its own, so that the database connection it needs is back in
 * the pool before the model runs.
 */
@ApplicationScoped
public class ImageSource {
  @Inject private Frames frames;

  @Transactional(TxType.REQUIRES_NEW)
  public ImageFrame decode(SopInstanceUid image, int frameNumber) {
    return frames.decode(image, frameNumber);
  }
}
