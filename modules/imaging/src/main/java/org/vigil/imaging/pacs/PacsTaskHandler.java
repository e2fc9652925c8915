package org.vigil.imaging.pacs;

import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.domain.PacsTaskKind;

/** Does tasks of some kinds, for the current tenant and outside any transaction. */
public interface PacsTaskHandler {
  boolean handles(PacsTaskKind kind);

  /**
   * Tries once. Doing it twice does no harm.
   *
   * @throws org.vigil.kernel.VigilException when it is to be tried again
   */
  void perform(PacsTask task, PacsNode node);

  /** No more will be tried. */
  void givenUp(PacsTask task, String reason);
}
