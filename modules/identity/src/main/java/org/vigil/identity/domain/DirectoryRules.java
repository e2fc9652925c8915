package org.vigil.identity.domain;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;

/** What a directory's settings must be, and what its groups amount to. */
public final class DirectoryRules {
  /** As local accounts have it; nothing that means something in a DN or a filter. */
  private static final Pattern USER_NAME = Pattern.compile("[\\w.@-]{2,64}");

  private static final Pattern URLS =
      Pattern.compile("ldaps://[\\w.:\\[\\]-]+( ldaps://[\\w.:\\[\\]-]+)*");
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Pattern ARGUMENT = Pattern.compile("\\{[01]}");

  private DirectoryRules() {}

  /** Whether somebody can be looked up by this name. */
  public static boolean isUserName(String name) {
    return USER_NAME.matcher(name).matches();
  }

  /**
   * Refuses settings that cannot be.
   *
   * @throws VigilException KERNEL-0003 with the field
   */
  public static void check(Directory directory) {
    require(URLS.matcher(directory.url()).matches(), "url", "is not ldaps://host:port");
    attribute(directory.people().userNameAttribute(), "userNameAttribute");
    attribute(directory.people().displayNameAttribute(), "displayNameAttribute");
    attribute(directory.groups().nameAttribute(), "groupNameAttribute");
    String people = directory.people().filter();
    require(
        isFilter(people) && !people.contains("{"),
        "peopleFilter",
        "is not a filter in parentheses without arguments");
    String groups = directory.groups().filter();
    require(
        isFilter(groups)
            && ARGUMENT.matcher(groups).find()
            && !ARGUMENT.matcher(groups).replaceAll("").contains("{"),
        "groupsFilter",
        "is not a filter in parentheses with {0} (user name) or {1} (DN)");
  }

  /** The roles of somebody's groups; none of the platform's. */
  public static Set<RoleGrant> grants(
      Collection<String> groups, Map<String, Set<RoleGrant>> byGroup) {
    Set<String> names =
        groups.stream().map(g -> g.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return byGroup.entrySet().stream()
        .filter(entry -> names.contains(entry.getKey().toLowerCase(Locale.ROOT)))
        .flatMap(entry -> entry.getValue().stream())
        .filter(grant -> !grant.role().isOfThePlatform())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One filter, its parentheses in pairs: what stands beside it in another cannot change. */
  private static boolean isFilter(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        depth++;
      } else if (text.charAt(i) == ')') {
        depth--;
        if (depth < 0 || (depth == 0 && i < text.length() - 1)) {
          return false;
        }
      } else if (depth == 0) {
        return false;
      }
    }
    return depth == 0 && !text.isEmpty();
  }

  private static void attribute(String name, String field) {
    require(ATTRIBUTE.matcher(name).matches(), field, "is not the name of an attribute");
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new VigilException(ErrorCode.KERNEL_0003, Map.of("field", field, "problem", problem));
    }
  }
}
