package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import org.vigil.dicom.net.Association;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Who may query and retrieve: PACS nodes that the current tenant lets do so, from their own hosts.
 * An AE title alone is no proof of anything; TLS with a certificate can be asked for besides.
 */
@ApplicationScoped
public class KnownClients {
  private final PacsNodeBook nodes;

  @Inject
  public KnownClients(PacsNodeBook nodes) {
    this.nodes = nodes;
  }

  /** For the container's proxy. */
  protected KnownClients() {
    this(null);
  }

  /**
   * Lets a peer ask, or refuses it.
   *
   * @throws VigilException IMAGING-0093
   */
  void check(Association association) {
    InetAddress from = association.request().remoteAddress().getAddress();
    boolean known =
        nodes
            .byAeTitle(association.remoteAe().strip())
            .filter(node -> node.can(Capability.CLIENT) && isAt(node, from))
            .isPresent();
    if (!known) {
      throw new VigilException(ErrorCode.IMAGING_0093, Map.of("address", from.getHostAddress()));
    }
  }

  private static boolean isAt(PacsNode node, InetAddress from) {
    try {
      return Arrays.asList(InetAddress.getAllByName(node.host())).contains(from);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
