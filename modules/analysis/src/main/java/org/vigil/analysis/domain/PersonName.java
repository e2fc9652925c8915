package org.vigil.analysis.domain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A PN value (PS3.5 §6.2.1.1) made comparable: up to three component groups (alphabetic,
 * ideographic, phonetic) of up to five components (family, given, middle, prefix, suffix).
 *
 * <p>Two systems seldom write one patient's name alike, so case, diacritics, width, punctuation,
 * prefixes, suffixes and missing second names are not held against him.
 */
final class PersonName {
  private static final int GROUPS = 3;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Letters that do not decompose, as machine-readable travel documents write them. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("ß", "ss"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("ø", "o"),
          Map.entry("đ", "d"),
          Map.entry("ð", "d"),
          Map.entry("þ", "th"),
          Map.entry("ł", "l"),
          Map.entry("ı", "i"));

  /** The other accepted way to write some letters: Müller is also Mueller. */
  private static final Map<String, String> EXPANSIONS =
      Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa");

  private final List<Group> groups;

  private PersonName(List<Group> groups) {
    this.groups = groups;
  }

  static PersonName of(String pn) {
    List<Group> groups = new ArrayList<>(GROUPS);
    String[] parts = pn == null ? new String[0] : pn.split("=", -1);
    for (int i = 0; i < GROUPS; i++) {
      groups.add(Group.of(i < parts.length ? parts[i] : ""));
    }
    return new PersonName(groups);
  }

  /** How far two names agree. */
  enum Likeness {
    /** The same person's name, however written. */
    SAME,
    /** Off by a letter or two in one part: a slip of the keyboard. */
    MISSPELT,
    /** Another name. */
    DIFFERENT,
    /** Nothing to compare: one is missing, or they share no script. */
    UNKNOWN
  }

  /** The best likeness over the component groups both have. */
  Likeness likenessTo(PersonName other) {
    Likeness best = Likeness.UNKNOWN;
    for (int i = 0; i < GROUPS; i++) {
      Likeness here = groups.get(i).likenessTo(other.groups.get(i));
      if (here != Likeness.UNKNOWN && (best == Likeness.UNKNOWN || here.compareTo(best) < 0)) {
        best = here;
      }
    }
    return best;
  }

  /** One component group, folded in the accepted ways to write it. */
  private record Group(Set<Spelling> spellings) {

    static Group of(String group) {
      String[] components = group.split("\\^", -1);
      String family = components[0];
      String given = components.length > 1 ? components[1] : "";
      if (family.isBlank() && given.isBlank()) {
        return new Group(Set.of());
      }
      Set<Spelling> spellings = new HashSet<>();
      spellings.add(new Spelling(words(family, false), words(given, false)));
      spellings.add(new Spelling(words(family, true), words(given, true)));
      return new Group(spellings);
    }

    Likeness likenessTo(Group other) {
      Likeness best = Likeness.UNKNOWN;
      for (Spelling mine : spellings) {
        for (Spelling its : other.spellings) {
          Likeness here = mine.likenessTo(its);
          if (best == Likeness.UNKNOWN || here.compareTo(best) < 0) {
            best = here;
          }
        }
      }
      return best;
    }
  }

  /** Family and given names as folded words. */
  private record Spelling(List<String> family, List<String> given) {

    Likeness likenessTo(Spelling other) {
      boolean families = !family.isEmpty() && !other.family.isEmpty();
      boolean givens = !given.isEmpty() && !other.given.isEmpty();
      if (families && givens) {
        Likeness straight = worse(part(family, other.family), part(given, other.given));
        // Family and given name in each other's place are still the same person's.
        return all().equals(other.all()) || joined().equals(other.joined())
            ? Likeness.SAME
            : straight;
      }
      // One side left a part out, or wrote the whole name into one part.
      Set<String> mine = all();
      Set<String> its = other.all();
      if (mine.containsAll(its) || its.containsAll(mine) || joined().equals(other.joined())) {
        return Likeness.SAME;
      }
      return families || givens
          ? worse(Likeness.MISSPELT, part(List.copyOf(mine), List.copyOf(its)))
          : Likeness.UNKNOWN;
    }

    private Set<String> all() {
      Set<String> all = new HashSet<>(family);
      all.addAll(given);
      return all;
    }

    private String joined() {
      return String.join("", family) + String.join("", given);
    }

    private static Likeness worse(Likeness a, Likeness b) {
      return a.compareTo(b) > 0 ? a : b;
    }

    /** Names of one kind; more of them on one side are second names the other left out. */
    private static Likeness part(List<String> a, List<String> b) {
      if (a.containsAll(b) || b.containsAll(a)) {
        return Likeness.SAME;
      }
      String wholeA = String.join("", a);
      String wholeB = String.join("", b);
      if (wholeA.equals(wholeB) || initialOf(a, b) || initialOf(b, a)) {
        return Likeness.SAME;
      }
      int allowed = Math.min(wholeA.length(), wholeB.length()) >= 6 ? 2 : 1;
      return Math.min(wholeA.length(), wholeB.length()) >= 4
              && editDistance(wholeA, wholeB) <= allowed
          ? Likeness.MISSPELT
          : Likeness.DIFFERENT;
    }

    private static boolean initialOf(List<String> shorter, List<String> longer) {
      return shorter.get(0).length() == 1 && longer.get(0).startsWith(shorter.get(0));
    }
  }

  private static List<String> words(String text, boolean expanded) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    // Apostrophes and hyphens join: O'Brien is OBrien; a hyphen parts two names.
    folded = folded.replace("'", "").replace("’", "").replace("`", "");
    if (expanded) {
      for (Map.Entry<String, String> e : EXPANSIONS.entrySet()) {
        folded = folded.replace(e.getKey(), e.getValue());
      }
    }
    for (Map.Entry<String, String> e : LETTERS.entrySet()) {
      folded = folded.replace(e.getKey(), e.getValue());
    }
    folded = MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD)).replaceAll("");
    // Back together, so that Hangul and kana with sound marks compare as syllables again.
    folded = Normalizer.normalize(folded, Normalizer.Form.NFKC);
    List<String> words = new ArrayList<>();
    for (String word : SEPARATORS.split(folded)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Levenshtein's. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
