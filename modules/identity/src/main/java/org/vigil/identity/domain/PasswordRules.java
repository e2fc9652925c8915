package org.vigil.identity.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * What a password must be (NIST SP 800-63B §5.1.1): long, not one of those everybody tries, not the
 * user's name. No rules about kinds of characters and no expiry, which make passwords worse.
 */
public final class PasswordRules {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 128;
  private static final int FEWEST_CHARACTERS = 5;
  private static final Set<String> COMMON = common();

  private PasswordRules() {}

  /**
   * Refuses a password that is too weak.
   *
   * @throws VigilException IDENTITY-0009 with what is wrong with it, without it
   */
  public static void check(String userName, char[] password) {
    String text = new String(password).toLowerCase(Locale.ROOT);
    if (text.length() < SHORTEST) {
      throw weak("shorter than " + SHORTEST + " characters");
    }
    if (text.length() > LONGEST) {
      throw weak("longer than " + LONGEST + " characters");
    }
    if (text.chars().distinct().count() < FEWEST_CHARACTERS) {
      throw weak("too few different characters");
    }
    String name = userName.toLowerCase(Locale.ROOT);
    if (name.length() >= 3 && text.replace(name, "").length() < SHORTEST / 2) {
      throw weak("little more than the user name");
    }
    String letters = text.replaceAll("[^a-z]+$", "").replaceAll("^[^a-z]+", "");
    if (COMMON.contains(text) || COMMON.contains(letters)) {
      throw weak("one that everybody tries");
    }
  }

  private static VigilException weak(String problem) {
    return new VigilException(ErrorCode.IDENTITY_0009, Map.of("problem", problem));
  }

  private static Set<String> common() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
