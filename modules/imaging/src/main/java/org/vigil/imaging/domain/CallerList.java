package org.vigil.imaging.domain;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The callers of a hospital, in the form in which they are asked about. */
public final class CallerList {
  private static final int MOST_NETWORKS = 16;

  private final Map<String, List<CidrAddress>> networks;

  /**
   * Of callers as they are kept.
   *
   * @throws VigilException IMAGING-0052 if one of them is not {@linkplain #checked sound}
   */
  public CallerList(List<AllowedCaller> callers) {
    networks =
        callers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    AllowedCaller::aeTitle,
                    caller -> caller.networks().stream().map(CallerList::network).toList()));
  }

  /** Whether an association from there may be opened. */
  public boolean admits(String callingAe, InetAddress address) {
    if (networks.isEmpty()) {
      return true;
    }
    List<CidrAddress> from = networks.get(AeTitles.significant(callingAe));
    return from != null
        && (from.isEmpty() || from.stream().anyMatch(network -> network.matches(address)));
  }

  /**
   * The caller as it is kept: no spaces around the title, networks in their canonical form.
   *
   * @throws VigilException IMAGING-0052 naming the field and what is wrong with it
   */
  public static AllowedCaller checked(AllowedCaller caller) {
    String aeTitle = AeTitles.significant(caller.aeTitle());
    if (!AeTitles.isValid(aeTitle)) {
      throw wrong("aeTitle", "1 to 16 printable characters");
    }
    if (caller.networks().size() > MOST_NETWORKS) {
      throw wrong("networks", "at most " + MOST_NETWORKS);
    }
    List<String> canonical = new ArrayList<>();
    for (String text : caller.networks()) {
      CidrAddress network = network(text.strip());
      String form =
          Inet.toOptimalString(network.getNetworkAddress()) + "/" + network.getNetmaskBits();
      if (!canonical.contains(form)) {
        canonical.add(form);
      }
    }
    return new AllowedCaller(aeTitle, canonical);
  }

  /** A single address is the network of it alone. Host names are not looked up. */
  private static CidrAddress network(String text) {
    CidrAddress network = text.contains("/") ? Inet.parseCidrAddress(text) : alone(text);
    if (network == null) {
      throw wrong("networks", "an address, or a network such as 10.20.0.0/16");
    }
    return network;
  }

  private static CidrAddress alone(String text) {
    InetAddress address = Inet.parseInetAddress(text);
    return address == null
        ? null
        : CidrAddress.create(address, address.getAddress().length * Byte.SIZE);
  }

  private static VigilException wrong(String field, String problem) {
    return new VigilException(ErrorCode.IMAGING_0052, Map.of("field", field, "problem", problem));
  }
}
