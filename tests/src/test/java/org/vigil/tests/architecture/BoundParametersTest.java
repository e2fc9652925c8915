package org.vigil.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A query's text is made of literals: every value is bound. What PostgreSQL cannot bind, names of
 * schemas, roles and tables, is written into statements in the few places listed here, which take
 * them from a validated TenantId or from the catalogue.
 */
class BoundParametersTest {
  private static final Pattern CALL =
      Pattern.compile(
          "\\b(createQuery|createNativeQuery|createStatement\\(\\)\\.execute\\w*|prepareStatement"
              + "|prepareCall|executeQuery|executeUpdate|execute|addBatch)\\s*\\(");

  /** File, and what besides literals may stand in its queries' texts. */
  private static final Map<String, String> NAMES_ARE_WRITTEN =
      Map.ofEntries(
          // "set role" of a validated TenantId's schema.
          Map.entry("TenantConnectionProvider.java", ".*"),
          // Schemas and roles of tenants, as their owner.
          Map.entry("SchemaMigrations.java", ".*"),
          // Tables and columns as the catalogue names them, as the owner.
          Map.entry("Rows.java", ".*"),
          Map.entry("Catalogue.java", ".*"),
          // A where clause of literals, built beside the query.
          Map.entry("AnalysisRepository.java", "where\\.text\\(\\)"),
          Map.entry("StudyIndex.java", "conditions\\.where\\(\\)"),
          Map.entry("ObjectIndex.java", "conditions\\.where\\(\\)"),
          // The platform's trail or a hospital's: the schema's name is written.
          Map.entry("AuditEventRepository.java", "schema|sql"),
          Map.entry("Trail.java", ".*"),
          Map.entry("AnomalyDesk.java", "table\\(\\)"),
          Map.entry("AnomalyRules.java", "named\\("),
          Map.entry("AuditFigures.java", "named"),
          Map.entry("LegalHoldRegister.java", "table\\(\\)"),
          Map.entry("SealCursor.java", "trail\\.table"),
          Map.entry("Retention.java", "trail\\.table"));

  @Test
  void everyValueIsBound() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    Path root = Path.of("").toAbsolutePath();
    Path modules = (root.endsWith("tests") ? root.getParent() : root).resolve("modules");
    try (Stream<Path> files = Files.walk(modules)) {
      for (Path file :
          files
              .filter(f -> f.toString().contains("/src/main/java/"))
              .filter(f -> f.toString().endsWith(".java"))
              .toList()) {
        check(file, wrong);
      }
    }
    assertThat(wrong).as("queries whose text is not made of literals").isEmpty();
  }

  @Test
  void aConcatenatedValueIsFound() {
    assertThat(besidesLiterals("em.createQuery(\"select x where y = '\" + name + \"'\", X.class)"))
        .containsExactly("+ name +");
    assertThat(besidesLiterals("em.createQuery(\"select x\" + \" where y = :y\", X.class)"))
        .isEmpty();
    assertThat(besidesLiterals("c.prepareStatement(sql)")).containsExactly("sql");
  }

  private static void check(Path file, Map<String, String> wrong) {
    String allowed = NAMES_ARE_WRITTEN.get(file.getFileName().toString());
    try {
      for (String found : besidesLiterals(Files.readString(file))) {
        if (allowed == null || !Pattern.compile(allowed, Pattern.DOTALL).matcher(found).find()) {
          wrong.put(file.getFileName() + ": " + found, found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands beside literals in the first argument of every call that takes a query. */
  private static List<String> besidesLiterals(String source) {
    Matcher calls = CALL.matcher(source);
    Stream.Builder<String> found = Stream.builder();
    while (calls.find()) {
      // Constants are literals elsewhere; so is a choice between two literals.
      String rest =
          firstArgument(source, calls.end())
              .replaceAll("\\b[A-Z][A-Z0-9_]+\\b", "")
              .replaceAll("\\(\\w+\\s*\\?\\s*:\\s*\\)", "");
      // Executors execute too.
      boolean code = rest.contains("->") || rest.contains("::");
      if (!code && !rest.replace("+", "").isBlank()) {
        found.add(rest.strip().replaceAll("\\s+", " "));
      }
    }
    return found.build().toList();
  }

  /** The first argument without its literals. */
  private static String firstArgument(String source, int from) {
    StringBuilder rest = new StringBuilder();
    int depth = 0;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (source.startsWith("\"\"\"", i)) {
        i = source.indexOf("\"\"\"", i + 3) + 2;
      } else if (c == '"') {
        for (i++; source.charAt(i) != '"'; i++) {
          if (source.charAt(i) == '\\') {
            i++;
          }
        }
      } else if (depth == 0 && (c == ',' || c == ')')) {
        break;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        rest.append(c);
      }
    }
    return rest.toString();
  }
}
