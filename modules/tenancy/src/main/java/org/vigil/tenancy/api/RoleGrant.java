package org.vigil.tenancy.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * A role, perhaps only for some modalities or AI features.
 *
 * @param modalities as DICOM writes them (PS3.3 §C.7.3.1.1.1); empty for all
 * @param features empty for all
 */
public record RoleGrant(Role role, Set<String> modalities, Set<AiFeature> features) {
  private static final String MODALITY = "modality=";
  private static final String FEATURE = "feature=";

  public RoleGrant {
    modalities =
        modalities.stream()
            .map(m -> m.trim().toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    if (modalities.stream().anyMatch(m -> !m.matches("[A-Z0-9_]{2,16}"))) {
      throw malformed("modalities");
    }
    features = Set.copyOf(features);
  }

  /** A role without limits. */
  public static RoleGrant of(Role role) {
    return new RoleGrant(role, Set.of(), Set.of());
  }

  /** Whether it lets its holder do this with studies of some modality. */
  public boolean gives(Permission permission) {
    return RoleTable.of(role).contains(permission)
        && (features.isEmpty() || permission.feature().map(features::contains).orElse(true));
  }

  /** In one word, such as {@code RESIDENT;modality=CT+MR;feature=DETECTION}. */
  public String text() {
    StringBuilder text = new StringBuilder(role.name());
    if (!modalities.isEmpty()) {
      text.append(';').append(MODALITY).append(String.join("+", new TreeSet<>(modalities)));
    }
    if (!features.isEmpty()) {
      text.append(';')
          .append(FEATURE)
          .append(
              EnumSet.copyOf(features).stream().map(Enum::name).collect(Collectors.joining("+")));
    }
    return text.toString();
  }

  /**
   * Reads {@link #text}.
   *
   * @throws VigilException KERNEL-0003 when it is no grant
   */
  public static RoleGrant parse(String text) {
    String[] parts = text.trim().split(";", -1);
    Set<String> modalities = Set.of();
    Set<AiFeature> features = Set.of();
    try {
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        if (part.startsWith(MODALITY)) {
          modalities = Set.of(part.substring(MODALITY.length()).split("\\+", -1));
        } else if (part.startsWith(FEATURE)) {
          features =
              Arrays.stream(part.substring(FEATURE.length()).split("\\+", -1))
                  .map(f -> AiFeature.valueOf(f.toUpperCase(Locale.ROOT)))
                  .collect(Collectors.toSet());
        } else {
          throw malformed("limits");
        }
      }
      return new RoleGrant(Role.valueOf(parts[0].toUpperCase(Locale.ROOT)), modalities, features);
    } catch (IllegalArgumentException e) {
      throw malformed("role");
    }
  }

  /** The grants as texts, in order. */
  public static List<String> texts(Collection<RoleGrant> grants) {
    return grants.stream()
        .sorted(Comparator.comparing(RoleGrant::role))
        .map(RoleGrant::text)
        .toList();
  }

  private static VigilException malformed(String what) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", what, "problem", "is not such as RESIDENT;modality=CT+MR"));
  }
}
