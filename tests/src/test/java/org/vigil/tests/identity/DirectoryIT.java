package org.vigil.tests.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.identity.domain.Base32;
import org.vigil.identity.domain.Totp;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** A hospital whose people are in an LDAP directory, reached over TLS with its own trust. */
class DirectoryIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static LdapServer directory;

  @BeforeAll
  static void open() throws Exception {
    hospital = TestHospital.open();
    directory = new LdapServer(folder);
    directory.person("maeve", "Maeve Halloran");
    directory.person("paul", "Paul Ridge");
    directory.person("rosa", "Rosa Quill");
    directory.person("sven", "Sven Locked");
    directory.person("tess", "Tess Off");
    directory.person("uma", "Uma Changing");
    directory.person("radiologist", "Somebody Else");
    directory.group("radiology", List.of("maeve", "rosa", "sven", "tess", "uma", "radiologist"));
    directory.group("porters", List.of("paul"));
    set(settings()).ok();
  }

  @AfterAll
  static void close() {
    if (directory != null) {
      directory.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void aPersonOfTheDirectoryHasTheRolesOfTheirGroupsAndASession() {
    Rest.Answer answer = logIn("maeve", LdapServer.PASSWORD, null);
    Rest maeve = session(answer);

    assertThat(answer.ok().get("displayName").asText()).isEqualTo("Maeve Halloran");
    assertThat(answer.ok().get("roles").get(0).asText()).isEqualTo("RADIOLOGIST;modality=CR+DX");
    assertThat(maeve.get("api/worklist").status()).isEqualTo(200);
    assertThat(maeve.get("api/audit").status()).isEqualTo(403);
    assertThat(hospital.audit("LOGIN"))
        .anyMatch(
            e -> e.get("actorName").asText().equals("maeve") && method(e).equals("DIRECTORY"));
    JsonNode account = account("maeve");
    assertThat(account.get("ofDirectory").asBoolean()).isTrue();
    assertThat(account.get("lastLoginAt").isNull()).isFalse();
    assertThat(
            hospital
                .server()
                .texts(
                    "select coalesce(password_hash, 'none') from platform.user_account"
                        + " where tenant_id = ? and user_name = 'maeve'",
                    hospital.id()))
        .containsExactly("none");

    maeve.post("api/auth/logout", null);
    assertThat(maeve.get("api/worklist").status()).isEqualTo(401);
  }

  @Test
  void whoHasNoGroupWithARoleOrTheWrongPasswordIsRefused() {
    assertRefused(logIn("paul", LdapServer.PASSWORD, null), 403, "IDENTITY-0003");
    assertRefused(logIn("maeve", "Fjord-lantern-94", null), 401, "IDENTITY-0001");
    assertRefused(logIn("maeve", "", null), 401, "IDENTITY-0001");
    assertRefused(logIn("nobody", LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
    assertThat(hospital.audit("LOGIN"))
        .anyMatch(
            e ->
                e.get("actorName").asText().equals("nobody")
                    && e.get("outcome").asText().equalsIgnoreCase("REFUSED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "maeve)(uid=*", "*)(objectClass=*", "uid=maeve,ou=people," + LdapServer.BASE})
  void noFilterOrDnIsAUserName(String typed) {
    assertRefused(logIn(typed, LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
  }

  @Test
  void aLocalAccountIsNotTheDirectorysHoweverItsNameIsWritten() {
    assertRefused(logIn("radiologist", LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
    assertRefused(logIn("RADIOLOGIST", LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
    assertThat(logIn("radiologist", TestHospital.PASSWORD, null).status()).isEqualTo(200);
  }

  @Test
  void tooManyFailuresLetTheAccountRestHoweverTheNameIsWritten() {
    for (String typed : List.of("sven", "SVEN", "Sven", "sVen", "svEN")) {
      assertRefused(logIn(typed, "wrong-password-1", null), 401, "IDENTITY-0001");
    }

    assertRefused(logIn("sven", LdapServer.PASSWORD, null), 429, "IDENTITY-0005");
    assertRefused(logIn("sVEN", LdapServer.PASSWORD, null), 429, "IDENTITY-0005");
    hospital.as("TENANT_ADMIN").post("api/accounts/sven/unlock", null);
    assertThat(logIn("SVEN", LdapServer.PASSWORD, null).ok().get("username").asText())
        .isEqualTo("sven");
  }

  @Test
  void aSecondFactorIsAskedForBesidesTheDirectorysPassword() {
    Rest rosa = session(logIn("rosa", LdapServer.PASSWORD, null));
    byte[] secret =
        Base32.decode(
            rosa.post("api/auth/profile/second-factor", null).ok().get("secret").asText());
    rosa.post(
            "api/auth/profile/second-factor/confirm",
            Map.of("code", Totp.code(secret, Instant.now())))
        .ok();

    assertRefused(logIn("rosa", LdapServer.PASSWORD, null), 401, "IDENTITY-0007");
    String next = Totp.code(secret, Instant.now().plusSeconds(30));
    assertThat(logIn("rosa", LdapServer.PASSWORD, next).status()).isEqualTo(200);
    assertThat(hospital.audit("LOGIN")).anyMatch(e -> method(e).equals("DIRECTORY_AND_CODE"));
  }

  @Test
  void ofTheDirectorysPeopleAnAdministratorCanOnlySwitchOneOff() {
    Rest tess = session(logIn("tess", LdapServer.PASSWORD, null));
    Map<String, Object> account =
        Map.of("displayName", "Tess Off", "roles", List.of("RADIOLOGIST;modality=DX+CR"));
    Map<String, Object> more =
        Map.of("displayName", "Tess Off", "roles", List.of("TENANT_ADMIN", "RADIOLOGIST"));
    assertRefused(describe("tess", more), 409, "IDENTITY-0019");
    assertRefused(
        describe("tess", with(account, "password", "Harbour-candle-11")), 409, "IDENTITY-0019");
    assertRefused(
        tess.post(
            "api/auth/profile/password",
            Map.of("present", LdapServer.PASSWORD, "wanted", "Harbour-candle-11")),
        409,
        "IDENTITY-0019");

    describe("tess", with(account, "enabled", false)).ok();

    assertThat(tess.get("api/worklist").status()).isEqualTo(401);
    assertRefused(logIn("tess", LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
  }

  @Test
  void aGroupThatWasLeftEndsWhatItGave() throws Exception {
    Rest before = session(logIn("uma", LdapServer.PASSWORD, null));
    directory.group("it", List.of("uma"));
    directory.leave("radiology", "uma");

    Rest.Answer after = logIn("uma", LdapServer.PASSWORD, null);

    assertThat(after.ok().get("roles")).hasSize(1);
    assertThat(after.ok().get("roles").get(0).asText()).isEqualTo("TENANT_ADMIN");
    assertThat(before.get("api/worklist").status()).isEqualTo(401);
    assertThat(hospital.audit("ROLE_CHANGED"))
        .anyMatch(e -> e.get("details").path("after").asText().equals("TENANT_ADMIN"));
  }

  @Test
  void settingsAreCheckedAndThePasswordNeverComesOut() {
    Rest admin = hospital.as("TENANT_ADMIN");
    assertThat(admin.get("api/directory").ok().get("bindPassword").isNull()).isTrue();
    assertThat(admin.get("api/directory").ok().get("url").asText()).isEqualTo(directory.url());

    assertRefused(set(with(settings(), "bindPassword", "wrong")), 502, "IDENTITY-0018");
    assertRefused(
        set(with(settings(), "url", directory.url().replace("ldaps", "ldap"))), 400, "KERNEL-0003");
    assertRefused(
        set(with(settings(), "groups", Map.of("it", List.of("PLATFORM_ADMIN")))),
        403,
        "IDENTITY-0003");
    Map<String, Object> kept = settings();
    kept.remove("bindPassword");
    set(kept).ok();
    assertThat(logIn("maeve", LdapServer.PASSWORD, null).status()).isEqualTo(200);
    assertThat(
            hospital
                .server()
                .texts(
                    "select encode(bind_password, 'escape') from platform.ldap_directory"
                        + " where tenant_id = ?",
                    hospital.id())
                .get(0))
        .doesNotContain(LdapServer.BIND_PASSWORD);
  }

  @Test
  void localAccountsLogInWhileTheDirectoryIsDown() throws Exception {
    try (TestHospital dark = TestHospital.open()) {
      LdapServer gone = new LdapServer(folder);
      Map<String, Object> settings = settings();
      settings.put("url", gone.url());
      settings.put("trustedCertificates", gone.certificate());
      dark.as("TENANT_ADMIN").send("PUT", "api/directory", settings).ok();
      gone.close();

      assertThat(logIn(dark, "radiologist", TestHospital.PASSWORD, null).status()).isEqualTo(200);
      assertRefused(logIn(dark, "maeve", LdapServer.PASSWORD, null), 502, "IDENTITY-0018");
      assertThat(dark.as("TENANT_ADMIN").send("DELETE", "api/directory", null).status())
          .isEqualTo(204);
      assertRefused(logIn(dark, "maeve", LdapServer.PASSWORD, null), 401, "IDENTITY-0001");
    }
  }

  private static Map<String, Object> settings() {
    return new HashMap<>(
        Map.of(
            "url",
            directory.url(),
            "bindDn",
            LdapServer.BIND_DN,
            "bindPassword",
            LdapServer.BIND_PASSWORD,
            "trustedCertificates",
            directory.certificate(),
            "peopleBaseDn",
            "ou=people," + LdapServer.BASE,
            "peopleFilter",
            "(objectClass=inetOrgPerson)",
            "groupsBaseDn",
            "ou=groups," + LdapServer.BASE,
            "groupsFilter",
            "(&(objectClass=groupOfNames)(member={1}))",
            "groups",
            Map.of(
                "Radiology", List.of("RADIOLOGIST;modality=DX+CR"),
                "it", List.of("TENANT_ADMIN"))));
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static Rest.Answer set(Map<String, Object> settings) {
    return hospital.as("TENANT_ADMIN").send("PUT", "api/directory", settings);
  }

  private static Rest.Answer describe(String user, Map<String, Object> account) {
    return hospital.as("TENANT_ADMIN").send("PUT", "api/accounts/" + user, account);
  }

  private static JsonNode account(String user) {
    return TestHospital.list(hospital.as("TENANT_ADMIN").get("api/accounts").ok().get("accounts"))
        .stream()
        .filter(a -> a.get("username").asText().equals(user))
        .findFirst()
        .orElseThrow();
  }

  private static Rest.Answer logIn(String user, String password, String code) {
    return logIn(hospital, user, password, code);
  }

  private static Rest.Answer logIn(TestHospital at, String user, String password, String code) {
    Map<String, Object> credentials = new HashMap<>();
    credentials.put("tenant", at.id());
    credentials.put("username", user);
    credentials.put("password", password);
    credentials.put("code", code);
    return at.server().anonymous().post("api/auth/login", credentials);
  }

  private static Rest session(Rest.Answer logIn) {
    return hospital
        .server()
        .anonymous()
        .with("Cookie", logIn.cookie("vigil_session"))
        .with("X-Requested-With", "vigil");
  }

  private static String method(JsonNode event) {
    return event.get("details").path("method").asText();
  }

  private static void assertRefused(Rest.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.json().get("code").asText()).isEqualTo(code);
  }
}
