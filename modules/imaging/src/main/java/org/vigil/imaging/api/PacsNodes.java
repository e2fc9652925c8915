package org.vigil.imaging.api;

import java.util.List;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.kernel.Actor;

/** The PACS nodes of the current tenant. */
public interface PacsNodes {
  /** By name. */
  List<PacsNode> list();

  /**
   * Adds a node, or brings the one of this name to this description.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0032 naming what is wrong with it
   */
  default PacsNode set(PacsNode node, Actor actor) {
    return set(node, null, actor);
  }

  /**
   * The same with credentials.
   *
   * @param credentials null to keep those there are, as long as scheme, host and port of the URL
   *     stay what they were: nobody gets a secret that he does not know sent elsewhere
   * @throws org.vigil.kernel.VigilException IMAGING-0032 naming what is wrong
   */
  PacsNode set(PacsNode node, HttpCredentials credentials, Actor actor);

  /**
   * Removes a node; what it was to be asked for is given up.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0031
   */
  void remove(String name, Actor actor);

  /** What was seen of it last. */
  Reachability reachability(PacsNode node);

  /**
   * Asks it now, by C-ECHO or by a search for one study. Not to be called in a transaction.
   *
   * @return how it ended; a failure is no exception
   * @throws org.vigil.kernel.VigilException IMAGING-0031
   */
  Reachability echo(String name);
}
