package org.vigil.imaging.api;

import java.util.List;

/**
 * An application entity that may open associations with a hospital.
 *
 * @param aeTitle calling AE title, 1 to 16 characters
 * @param networks from which it may come, as addresses or in CIDR notation ({@code 10.20.0.0/16});
 *     none: from anywhere
 */
public record AllowedCaller(String aeTitle, List<String> networks) {
  public AllowedCaller {
    networks = List.copyOf(networks);
  }
}
