package org.vigil.imaging.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** What makes a PACS node one that can be asked. */
public final class PacsNodeRules {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";

  private static final Set<Capability> OF_DIMSE_ONLY =
      EnumSet.of(Capability.MOVE, Capability.COMMIT);

  private PacsNodeRules() {}

  /**
   * The node as it is kept.
   *
   * @throws VigilException IMAGING-0032 naming the field and what is wrong with it
   */
  public static PacsNode checked(PacsNode node) {
    require(matches(NAME, node.name()), "name", "1 to 32 lower-case letters, digits, hyphens");
    require(node.kind() != null, "kind", "dimse or dicomweb");
    return node.kind() == Kind.DIMSE ? dimse(node) : dicomWeb(node);
  }

  private static PacsNode dimse(PacsNode node) {
    String aeTitle = AeTitles.significant(node.aeTitle());
    require(AeTitles.isValid(aeTitle), "aeTitle", "1 to 16 printable characters");
    require(node.host() != null && !node.host().isBlank(), "host", "is required");
    require(node.port() >= 1 && node.port() <= 65535, "port", "is a number from 1 to 65535");
    require(node.url() == null, "url", "belongs to dicomweb");
    return new PacsNode(
        node.name(),
        node.kind(),
        aeTitle,
        node.host().strip(),
        node.port(),
        node.tls(),
        null,
        node.trusted(),
        node.capabilities());
  }

  private static PacsNode dicomWeb(PacsNode node) {
    require(
        node.aeTitle() == null && node.host() == null && node.port() == 0,
        "aeTitle, host and port",
        "belong to dimse");
    require(node.trusted() == null, "trusted", "belongs to dimse");
    require(isHttp(node.url()), "url", "is an http or https URL without query and user");
    require(
        node.capabilities().stream().noneMatch(OF_DIMSE_ONLY::contains),
        "capabilities",
        "move and commit belong to dimse");
    return new PacsNode(
        node.name(),
        node.kind(),
        null,
        null,
        0,
        node.url().startsWith("https:"),
        node.url().replaceAll("/+$", ""),
        null,
        node.capabilities());
  }

  private static boolean isHttp(String url) {
    if (url == null) {
      return false;
    }
    try {
      URI uri = new URI(url);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean matches(String pattern, String value) {
    return value != null && value.matches(pattern);
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new VigilException(ErrorCode.IMAGING_0032, Map.of("field", field, "problem", problem));
    }
  }
}
