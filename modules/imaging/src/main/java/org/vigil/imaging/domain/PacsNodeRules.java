package org.vigil.imaging.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.vigil.imaging.api.HttpCredentials;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Kind;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** What makes a PACS node one that can be asked. */
public final class PacsNodeRules {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";

  private static final int LONGEST_CREDENTIALS = 8000;

  private static final Set<Capability> OF_DIMSE_ONLY =
      EnumSet.of(Capability.MOVE, Capability.COMMIT, Capability.CLIENT);

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
    require(isHttp(node.url()), "url", "is an http or https URL without query and user");
    require(
        node.capabilities().stream().noneMatch(OF_DIMSE_ONLY::contains),
        "capabilities",
        "move, commit and client belong to dimse");
    return new PacsNode(
        node.name(),
        node.kind(),
        null,
        null,
        0,
        node.url().startsWith("https:"),
        root(node.url()),
        node.trusted(),
        node.capabilities());
  }

  /**
   * Credentials for a checked node.
   *
   * @throws VigilException IMAGING-0032
   */
  public static void check(HttpCredentials credentials, PacsNode node) {
    if (credentials.scheme() == HttpCredentials.Scheme.NONE) {
      return;
    }
    require(node.kind() == Kind.DICOMWEB, "authorization", "belongs to dicomweb");
    require(
        credentials.value().length() <= LONGEST_CREDENTIALS
            && credentials.value().matches("[A-Za-z0-9._~+/-]+=*"),
        "authorization",
        "is a user without colon and a password, or a token of letters, digits and ._~+/-");
    URI uri = URI.create(node.url());
    require(
        "https".equals(uri.getScheme()) || isThisHost(uri.getHost()),
        "url",
        "must be https where credentials are sent");
  }

  private static boolean isThisHost(String host) {
    return host.equals("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("[::1]");
  }

  /** Whether two descriptions reach the same scheme, host and port. */
  public static boolean isSameService(PacsNode one, PacsNode other) {
    return one.kind() == Kind.DICOMWEB
        && other.kind() == Kind.DICOMWEB
        && origin(one).equals(origin(other));
  }

  private static String origin(PacsNode node) {
    URI uri = URI.create(node.url());
    return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
  }

  /** A service's URL without the slashes at its end. */
  public static String root(String url) {
    return url.replaceAll("/+$", "");
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
