package org.vigil.dicom.deidentify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Words that name anatomy, technique and view, and nobody. */
final class DescriptorWords {
  private static final Set<String> WORDS = read();

  private DescriptorWords() {}

  private static Set<String> read() {
    Set<String> words = new HashSet<>();
    try (InputStream in = DescriptorWords.class.getResourceAsStream("descriptor-words.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          for (String word : line.trim().split(" +")) {
            words.add(word);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The list of descriptor words cannot be read", e);
    }
    return words;
  }

  /** Whether all texts consist of such words, and of numbers of at most two digits. */
  static boolean areHarmless(String... texts) {
    return texts == null || Stream.of(texts).allMatch(DescriptorWords::isHarmless);
  }

  private static boolean isHarmless(String text) {
    if (text == null) {
      return true;
    }
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty() && !word.matches("\\d{1,2}") && !WORDS.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
