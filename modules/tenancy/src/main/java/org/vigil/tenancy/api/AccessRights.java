package org.vigil.tenancy.api;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody's grants amount to. Immutable. */
public final class AccessRights {
  /** Modalities of objects about images: nobody is kept from a study for them. */
  public static final Set<String> NOT_ACQUIRED =
      Set.of("SR", "PR", "KO", "SEG", "OT", "DOC", "REG", "RWV");

  private final Set<RoleGrant> grants;

  public AccessRights(Collection<RoleGrant> grants) {
    this.grants = Set.copyOf(grants);
  }

  public Set<RoleGrant> grants() {
    return grants;
  }

  public Set<Role> roles() {
    return grants.stream().map(RoleGrant::role).collect(Collectors.toUnmodifiableSet());
  }

  /** What may be done, if only with some modalities. */
  public Set<Permission> permissions() {
    Set<Permission> all = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (has(permission)) {
        all.add(permission);
      }
    }
    return all;
  }

  /** The same roles for all modalities and features. */
  public AccessRights withoutLimits() {
    return new AccessRights(
        grants.stream().map(g -> RoleGrant.of(g.role())).collect(Collectors.toSet()));
  }

  /** Whether it may be done, if only with some modalities. */
  public boolean has(Permission permission) {
    return grants.stream().anyMatch(g -> g.gives(permission));
  }

  /** The modalities with which alone it may be done; empty when there is no limit. */
  public Optional<Set<String>> onlyModalities(Permission permission) {
    List<RoleGrant> givers = givers(permission);
    return givers.stream().anyMatch(g -> g.modalities().isEmpty())
        ? Optional.empty()
        : Optional.of(
            givers.stream()
                .flatMap(g -> g.modalities().stream())
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether it may be done with a study of one modality, or several separated by backslashes. */
  public boolean has(Permission permission, String modality) {
    return has(permission, modality == null ? Set.of() : Set.of(modality.split("\\\\", -1)));
  }

  /**
   * Whether it may be done with a study of these modalities: every one that a scanner acquires must
   * be allowed. A study of unknown modality is for nobody whose grants are limited.
   */
  public boolean has(Permission permission, Set<String> modalities) {
    Optional<Set<String>> only = onlyModalities(permission);
    if (only.isEmpty()) {
      return true;
    }
    Set<String> acquired =
        modalities.stream().filter(m -> !NOT_ACQUIRED.contains(m)).collect(Collectors.toSet());
    return !acquired.isEmpty() && only.get().containsAll(acquired);
  }

  private List<RoleGrant> givers(Permission permission) {
    return grants.stream().filter(g -> g.gives(permission)).toList();
  }
}
