package org.vigil.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.identity.api.Directories.Groups;
import org.vigil.identity.api.Directories.People;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;

class DirectoryRulesTest {
  private static final String URL = "ldaps://ldap.hospital.example:636";
  private static final String PEOPLE = "(&(objectClass=person)(!(disabled=TRUE)))";
  private static final String GROUPS = "(member={1})";

  @ParameterizedTest
  @ValueSource(strings = {"*", "a*", "maeve)(uid=*", "uid=maeve,ou=people", "ma eve", "m\0", ""})
  void aUserNameMeansNothingInAFilterOrADn(String name) {
    assertThat(DirectoryRules.isUserName(name)).isFalse();
  }

  @Test
  void usualUserNamesAreOnes() {
    assertThat(List.of("maeve", "m.halloran", "maeve@hospital.example", "night_01"))
        .allMatch(DirectoryRules::isUserName);
  }

  @Test
  void usualSettingsAreAccepted() {
    assertThatCode(() -> DirectoryRules.check(of(URL, PEOPLE, "uid", GROUPS)))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                DirectoryRules.check(
                    of(
                        "ldaps://[2001:db8::7]:636 ldaps://second.hospital.example",
                        PEOPLE,
                        "sAMAccountName",
                        "(&(objectClass=group)(member:1.2.840.113556.1.4.1941:={1}))")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url|ldap://ldap.hospital.example|(uid=*)|uid|(member={1})",
        "url|ldaps://a.example ldap://b.example|(uid=*)|uid|(member={1})",
        "url|ldaps://ldap.hospital.example/dc=other|(uid=*)|uid|(member={1})",
        "peopleFilter|ldaps://a.example|uid=*|uid|(member={1})",
        "peopleFilter|ldaps://a.example|(uid={0})|uid|(member={1})",
        "peopleFilter|ldaps://a.example|(a=b)(c=d)|uid|(member={1})",
        "userNameAttribute|ldaps://a.example|(uid=*)|uid=*)(x|(member={1})",
        "groupsFilter|ldaps://a.example|(uid=*)|uid|(objectClass=group)",
        "groupsFilter|ldaps://a.example|(uid=*)|uid|(member={2})",
      })
  void settingsThatCannotBeAreNamed(
      String field, String url, String people, String attribute, String groups) {
    assertThatThrownBy(() -> DirectoryRules.check(of(url, people, attribute, groups)))
        .isInstanceOfSatisfying(
            VigilException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.KERNEL_0003);
              assertThat(e.details()).containsEntry("field", field);
            });
  }

  @Test
  void groupsAreTheSameInUpperAndLowerCaseAndGiveNothingOfThePlatforms() {
    Map<String, Set<RoleGrant>> grants =
        Map.of(
            "Radiology", Set.of(RoleGrant.parse("RADIOLOGIST;modality=DX")),
            "it", Set.of(RoleGrant.parse("PLATFORM_ADMIN"), RoleGrant.parse("AUDITOR")));

    assertThat(DirectoryRules.grants(List.of("RADIOLOGY", "porters"), grants))
        .containsExactly(RoleGrant.parse("RADIOLOGIST;modality=DX"));
    assertThat(DirectoryRules.grants(List.of("IT"), grants))
        .containsExactly(RoleGrant.parse("AUDITOR"));
    assertThat(DirectoryRules.grants(List.of(), grants)).isEmpty();
  }

  private static Directory of(String url, String people, String attribute, String groups) {
    return new Directory(
        TenantId.of("northside"),
        url,
        "cn=vigil,dc=hospital,dc=example",
        null,
        new People("dc=hospital,dc=example", people, attribute, "cn"),
        new Groups("dc=hospital,dc=example", groups, "cn"),
        Map.of());
  }
}
