package org.vigil.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.Role;
import org.vigil.tenancy.api.RoleTable;

/** docs/security.md shows the role table as it is; {@code -Dvigil.docs.write} writes it anew. */
class RoleTableDocTest {
  private static final String BEGIN = "<!-- role table -->\n";
  private static final String END = "<!-- end of role table -->";

  @Test
  void theDocumentShowsTheTable() throws IOException {
    Path document = Path.of(System.getProperty("vigil.checkout", ".."), "docs/security.md");
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);

    if (Boolean.getBoolean("vigil.docs.write")) {
      Files.writeString(document, text.substring(0, begin) + table() + text.substring(end));
    } else {
      assertThat(text.substring(begin, end)).isEqualTo(table());
    }
  }

  @Test
  void noHospitalsRoleReachesThePlatformAndTheOtherWayRound() {
    for (Role role : Role.values()) {
      assertThat(RoleTable.of(role))
          .as(role.name())
          .allMatch(p -> (p.area() == Permission.Area.PLATFORM) == role.isOfThePlatform());
    }
  }

  private static String table() {
    return "| permission | may | roles |\n|---|---|---|\n"
        + Arrays.stream(Permission.values())
            .map(RoleTableDocTest::line)
            .collect(Collectors.joining());
  }

  private static String line(Permission permission) {
    String roles =
        Arrays.stream(Role.values())
            .filter(role -> RoleTable.of(role).contains(permission))
            .map(Role::name)
            .collect(Collectors.joining(", "));
    String feature = permission.feature().map(f -> " (feature " + f + ")").orElse("");
    return "| `" + permission + "` | " + permission.text() + feature + " | " + roles + " |\n";
  }
}
