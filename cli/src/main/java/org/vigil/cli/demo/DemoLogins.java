package org.vigil.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.vigil.cli.server.VigilHome;

/**
 * The demo's people and their passwords, made anew for each installation and kept in its secrets:
 * there is no password anybody could know beforehand.
 */
public final class DemoLogins {
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 12;

  /** User name, display name, role. */
  static final List<Person> PEOPLE =
      List.of(
          new Person("radiologist", "Dr. Ada Night", "RADIOLOGIST"),
          new Person("technologist", "Theo Ray", "TECHNOLOGIST"),
          new Person("clinician", "Dr. Miriam Weiss", "REFERRING_CLINICIAN"),
          new Person("admin", "Alex Stone", "TENANT_ADMIN"),
          new Person("auditor", "Iris Law", "AUDITOR"));

  private final Properties passwords = new Properties();

  private DemoLogins() {}

  /** Those of the installation, made if need be. */
  static DemoLogins of(VigilHome home) throws IOException {
    DemoLogins logins = new DemoLogins();
    Path file = home.root().resolve("secrets/demo-logins.properties");
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        logins.passwords.load(reader);
      }
      return logins;
    }
    StringBuilder content = new StringBuilder();
    for (String hospital : List.of(Hospital.AGNES, Hospital.MERCY)) {
      for (Person person : PEOPLE) {
        String password = random();
        logins.passwords.setProperty(hospital + "." + person.userName(), password);
        content
            .append(hospital)
            .append('.')
            .append(person.userName())
            .append('=')
            .append(password)
            .append('\n');
      }
    }
    VigilHome.writeSecret(file, content.toString());
    return logins;
  }

  String password(String hospital, Person person) {
    return passwords.getProperty(hospital + "." + person.userName());
  }

  /** As {@code POST /api/platform/tenants} takes them. */
  List<Map<String, Object>> users(String hospital) {
    return PEOPLE.stream()
        .map(
            person ->
                Map.<String, Object>of(
                    "username", person.userName(),
                    "displayName", person.displayName(),
                    "password", password(hospital, person),
                    "roles", List.of(person.role())))
        .toList();
  }

  private static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  /** Somebody who logs in. */
  record Person(String userName, String displayName, String role) {}
}
