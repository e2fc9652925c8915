package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vigil.tenancy.api.Role;
import org.vigil.tenancy.api.RoleTable;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.web.dicomweb.DicomWebApplication;
import org.vigil.web.rest.ApiApplication;

/**
 * Every endpoint with every role, and with none. The endpoints are found in the resource classes,
 * so that a new one fails here until somebody has said, in {@link EndpointTable}, who may call it.
 */
class EveryEndpointIT {
  private static TestHospital hospital;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void everyEndpointHasAnExpectation() {
    assertThat(endpoints()).isEqualTo(new TreeSet<>(EndpointTable.EXPECTED.keySet()));
  }

  @Test
  void withoutATokenOnlyWhatIsForEverybodyAnswers() {
    Map<String, String> wrong = new TreeMap<>();
    Rest anonymous = hospital.server().anonymous();
    EndpointTable.EXPECTED.forEach(
        (endpoint, needed) -> {
          Rest.Answer answer = call(anonymous, endpoint);
          boolean refused = refusedAsNobody(answer);
          if (refused == needed.equals(EndpointTable.ANYBODY)) {
            wrong.put(endpoint, answer.toString());
          }
        });
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aRoleReachesWhatItsPermissionsSayAndNothingElse(Role role) {
    Map<String, String> wrong = new TreeMap<>();
    Rest client = hospital.server().as(role.isOfThePlatform() ? null : hospital.id(), role.name());
    Set<String> permissions =
        RoleTable.of(role).stream().map(Enum::name).collect(Collectors.toSet());
    EndpointTable.EXPECTED.forEach(
        (endpoint, needed) -> {
          Rest.Answer answer = call(client, endpoint);
          boolean expected =
              needed.equals(EndpointTable.ANYBODY)
                  || needed.equals(EndpointTable.LOGGED_IN)
                  || Stream.of(needed.split("\\|")).anyMatch(permissions::contains);
          boolean reached = !refusedAsNobody(answer) && !refusedByRole(answer);
          if (reached != expected || answer.status() >= 500) {
            wrong.put(endpoint, answer.toString());
          }
        });
    assertThat(wrong).isEmpty();
  }

  /** Ids that exist nowhere, and no body: what is reached answers 200, 204, 400, 404 or 422. */
  private static Rest.Answer call(Rest client, String endpoint) {
    String[] parts = endpoint.split(" ", 2);
    String path =
        parts[1]
            .replaceAll("\\{(study|series|instance)}", "1.2.3.4.5")
            .replaceAll("\\{frames?}", "1")
            .replaceAll("\\{path[^}]*}", "7FE00010")
            .replaceAll("\\{[^}]+}", "00000000-0000-4000-8000-000000000000");
    return client.open(parts[0], path);
  }

  /** 401 from the filter; a wrong password is refused too, but by the log-in, which was reached. */
  private static boolean refusedAsNobody(Rest.Answer answer) {
    return answer.status() == 401 && answer.text().contains("IDENTITY-0002");
  }

  private static boolean refusedByRole(Rest.Answer answer) {
    return answer.status() == 403 && answer.text().contains("IDENTITY-0003");
  }

  private static Set<String> endpoints() {
    return Stream.concat(
            endpoints("api", new ApiApplication()),
            endpoints("dicomweb", new DicomWebApplication()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> endpoints(String prefix, Application application) {
    return application.getClasses().stream()
        .filter(type -> type.isAnnotationPresent(Path.class))
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .flatMap(
                        method ->
                            verb(method).stream()
                                .map(verb -> verb + " " + prefix + path(type, method))));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value())
        .findFirst();
  }

  private static String path(Class<?> type, Method method) {
    String own =
        method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
    return List.of(type.getAnnotation(Path.class).value(), own).stream()
        .filter(part -> !part.isEmpty())
        .map(part -> part.startsWith("/") ? part : "/" + part)
        .collect(Collectors.joining());
  }
}
