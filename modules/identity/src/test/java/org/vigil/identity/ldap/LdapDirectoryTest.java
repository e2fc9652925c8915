package org.vigil.identity.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.identity.api.Directories.Groups;
import org.vigil.identity.api.Directories.People;
import org.vigil.identity.ldap.LdapDirectory.Person;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/** Against a real LDAP server over TLS. */
class LdapDirectoryTest {
  @TempDir private static Path folder;
  private static LdapServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new LdapServer(folder, "ip:127.0.0.1");
    server.person("maeve", "Maeve Halloran");
    server.person("paul", "Paul Ridge");
    server.person("ada", "Ada Gone", "employeeType: left");
    server.group("radiology", List.of("maeve"));
    server.group("night-shift", List.of("maeve", "paul"));
    server.group("porters", List.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPersonIsFoundWithTheirGroupsAndKnownByTheirPassword() {
    Person maeve = directory().find("maeve").orElseThrow();

    assertThat(maeve.displayName()).isEqualTo("Maeve Halloran");
    assertThat(maeve.dn()).isEqualTo(LdapServer.dn("maeve"));
    assertThat(maeve.groups()).containsExactlyInAnyOrder("radiology", "night-shift");
    assertThat(directory().accepts(maeve, LdapServer.PASSWORD.toCharArray())).isTrue();
    assertThat(directory().accepts(maeve, "Fjord-lantern-94".toCharArray())).isFalse();
  }

  @Test
  void anEmptyPasswordIsNoAnonymousBind() {
    Person maeve = directory().find("maeve").orElseThrow();

    assertThat(directory().accepts(maeve, new char[0])).isFalse();
  }

  @Test
  void aNameIsWhatTheDirectorySaysHoweverItWasTyped() {
    assertThat(directory().find("MAEVE").orElseThrow().userName()).isEqualTo("maeve");
  }

  @Test
  void whoTheFilterLeavesOutIsNotThere() {
    assertThat(directory().find("ada")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "m*",
        "maeve)(uid=*",
        "*)(uid=*))(|(uid=*",
        "maeve)(objectClass=*",
        "maeve))(|(cn=*",
        "*)(|(objectClass=*)",
        "maeve\0",
        "\\6daeve",
        "nobody",
        "",
        "(",
        "{0}",
        "uid=paul,ou=people,dc=other"
      })
  void noNameIsMoreThanAName(String typed) {
    assertThat(directory().find(typed)).isEmpty();
  }

  @Test
  void aPasswordIsNeverASearch() {
    Person maeve = directory().find("maeve").orElseThrow();

    assertThat(directory().accepts(maeve, "*".toCharArray())).isFalse();
    assertThat(directory().accepts(maeve, "*)(userPassword=*".toCharArray())).isFalse();
  }

  @Test
  void ofTwoOfOneNameThePasswordIsOfTheOneThatWasFound() throws Exception {
    String twin = "uid=twin,ou=annex," + LdapServer.BASE;
    server.person("twin", "First Twin");
    server.add("ou=annex," + LdapServer.BASE, "objectClass: organizationalUnit", "ou: annex");
    server.add(
        twin,
        "objectClass: inetOrgPerson",
        "uid: twin",
        "cn: Second Twin",
        "userPassword: Another-meadow-40");
    try {
      Person first = new Person(LdapServer.dn("twin"), "twin", "", java.util.Set.of());
      Person second = new Person(twin, "twin", "", java.util.Set.of());

      assertThat(directory().accepts(first, LdapServer.PASSWORD.toCharArray())).isTrue();
      assertThat(directory().accepts(first, "Another-meadow-40".toCharArray())).isFalse();
      assertThat(directory().accepts(second, "Another-meadow-40".toCharArray())).isTrue();
      assertThat(directory().accepts(second, LdapServer.PASSWORD.toCharArray())).isFalse();
    } finally {
      server.remove(twin);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsNotTalkedTo() {
    assertRefused(
        settings(server.url(), null, "(objectClass=inetOrgPerson)"),
        LdapServer.BIND_PASSWORD,
        "its certificate is not trusted, or names another host");
  }

  @Test
  void norIsOneForAnotherHost() throws Exception {
    try (LdapServer elsewhere = new LdapServer(folder, "dns:ldap.elsewhere.example")) {
      assertRefused(
          settings(elsewhere.url(), elsewhere.certificate(), "(objectClass=inetOrgPerson)"),
          LdapServer.BIND_PASSWORD,
          "its certificate is not trusted, or names another host");
    }
  }

  @Test
  void aDirectoryThatRefusesOrIsDownSaysSo() throws Exception {
    Directory settings =
        settings(server.url(), server.certificate(), "(objectClass=inetOrgPerson)");
    assertRefused(settings, "wrong", "it refuses the bind DN or its password");
    assertRefused(
        settings(server.url(), server.certificate(), "(objectClass="),
        LdapServer.BIND_PASSWORD,
        "a filter is malformed");

    LdapServer gone = new LdapServer(folder, "ip:127.0.0.1");
    gone.close();
    assertRefused(
        settings(gone.url(), gone.certificate(), "(objectClass=inetOrgPerson)"),
        LdapServer.BIND_PASSWORD,
        "it does not answer");
  }

  @Test
  void theEndOfItsCertificatesIsKnown() {
    // keytool's default: 90 days.
    assertThat(LdapDirectory.trustEndsAt(settings(server.url(), server.certificate(), "(uid=*)")))
        .hasValueSatisfying(
            end ->
                assertThat(end)
                    .isBetween(
                        Instant.now().plus(89, ChronoUnit.DAYS),
                        Instant.now().plus(91, ChronoUnit.DAYS)));
    assertThat(LdapDirectory.trustEndsAt(settings(server.url(), null, "(uid=*)"))).isEmpty();
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    assertThatThrownBy(
            () ->
                new LdapDirectory(
                    settings(server.url(), "no certificate", "(uid=*)"), "x".toCharArray()))
        .isInstanceOf(VigilException.class)
        .extracting(e -> ((VigilException) e).code())
        .isEqualTo(ErrorCode.KERNEL_0003);
  }

  private static void assertRefused(Directory settings, String bindPassword, String problem) {
    assertThatThrownBy(() -> new LdapDirectory(settings, bindPassword.toCharArray()).find("maeve"))
        .isInstanceOf(VigilException.class)
        .extracting(e -> ((VigilException) e).code(), e -> ((VigilException) e).details())
        .isEqualTo(tuple(ErrorCode.IDENTITY_0018, Map.of("problem", problem)).toList());
  }

  private static LdapDirectory directory() {
    return new LdapDirectory(
        settings(
            server.url(),
            server.certificate(),
            "(&(objectClass=inetOrgPerson)(!(employeeType=left)))"),
        LdapServer.BIND_PASSWORD.toCharArray());
  }

  private static Directory settings(String url, String certificates, String filter) {
    return new Directory(
        TenantId.of("northside"),
        url,
        LdapServer.BIND_DN,
        certificates,
        new People(LdapServer.BASE, filter, "uid", "cn"),
        new Groups(
            "ou=groups," + LdapServer.BASE, "(&(objectClass=groupOfNames)(member={1}))", "cn"),
        Map.of());
  }
}
