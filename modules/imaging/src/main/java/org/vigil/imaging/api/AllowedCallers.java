package org.vigil.imaging.api;

import java.util.List;
import org.vigil.kernel.Actor;

/**
 * Which application entities may open associations with the current tenant. As long as there are
 * none, all may; a change counts from the next association on.
 */
public interface AllowedCallers {
  /** By AE title. */
  List<AllowedCaller> list();

  /**
   * Adds a caller, or brings the one of this AE title to this description.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0052 naming what is wrong with it
   */
  AllowedCaller set(AllowedCaller caller, Actor actor);

  /**
   * Removes a caller; with the last one the list ends and all may call again.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0053
   */
  void remove(String aeTitle, Actor actor);
}
