package org.vigil.imaging.domain;

import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of a patient's earlier studies are worth fetching for an order: those of the same region of
 * the body, above all of the same kind, the newest first, and only so many. A study that may be
 * another patient's is never taken.
 *
 * @param limit how many at most
 * @param maxAge older ones are not taken
 * @param maxInstances larger ones are not taken
 */
public record PriorRules(int limit, Period maxAge, int maxInstances) {
  private static final Pattern WORD = Pattern.compile("[^\\p{L}]+");

  /** Regions by the words that name them in study descriptions and procedure names. */
  private static final Map<String, Set<String>> REGIONS =
      Map.of(
          "chest", Set.of("chest", "thorax", "lung", "lungs", "cxr", "rib", "ribs", "pulmonary"),
          "head", Set.of("head", "brain", "skull", "cranial", "cerebral", "neuro", "orbit"),
          "neck", Set.of("neck", "thyroid", "carotid", "larynx"),
          "spine", Set.of("spine", "lumbar", "cervical", "sacral", "lspine", "cspine", "tspine"),
          "abdomen",
              Set.of("abdomen", "abdominal", "pelvis", "liver", "kidney", "renal", "bowel", "kub"),
          "breast", Set.of("breast", "mammo", "mammogram", "mammography", "tomosynthesis"),
          "heart", Set.of("heart", "cardiac", "coronary", "aorta", "echo"),
          "arm",
              Set.of("arm", "hand", "wrist", "elbow", "shoulder", "humerus", "forearm", "finger"),
          "leg", Set.of("leg", "knee", "hip", "ankle", "foot", "femur", "tibia", "toe"));

  /** Kinds that a reader compares with each other as with the same. */
  private static final List<Set<String>> ALIKE =
      List.of(Set.of("CR", "DX", "DR", "RG", "PX", "IO"), Set.of("PT", "NM"), Set.of("XA", "RF"));

  private static final int SAME_KIND = 2;
  private static final int SAME_REGION = 3;

  /**
   * What is asked for.
   *
   * @param on the day of the order
   * @param modality or null
   * @param procedure its name, or null
   */
  public record Wish(
      String patientId,
      String issuerOfPatientId,
      LocalDate patientBirthDate,
      String accessionNumber,
      LocalDate on,
      String modality,
      String procedure) {}

  /** A study that is worth fetching. */
  public record Choice(PriorCandidate study, int relevance) {}

  /** The studies to fetch, the most relevant first. */
  public List<Choice> choose(Wish wish, Collection<PriorCandidate> found) {
    return found.stream()
        .filter(candidate -> isSamePatient(wish, candidate) && isEarlier(wish, candidate))
        .filter(candidate -> candidate.instances() <= maxInstances)
        .map(candidate -> new Choice(candidate, relevance(wish, candidate)))
        .filter(choice -> choice.relevance() > 0)
        .sorted(
            Comparator.comparingInt(Choice::relevance)
                .reversed()
                .thenComparing(
                    choice -> choice.study().studyDate(),
                    Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(choice -> choice.study().study().value()))
        .limit(limit)
        .toList();
  }

  /** Identifiers must be equal, and nothing else that both state may differ. */
  private static boolean isSamePatient(Wish wish, PriorCandidate candidate) {
    return wish.patientId().equals(candidate.patientId())
        && agree(wish.issuerOfPatientId(), candidate.issuerOfPatientId())
        && agree(wish.patientBirthDate(), candidate.patientBirthDate());
  }

  private static boolean agree(Object one, Object other) {
    return one == null || other == null || one.equals(other);
  }

  private boolean isEarlier(Wish wish, PriorCandidate candidate) {
    // The order's own study may have reached the PACS before us: it is new, not a prior.
    if (wish.accessionNumber() != null
        && Objects.equals(wish.accessionNumber(), candidate.accessionNumber())) {
      return false;
    }
    LocalDate taken = candidate.studyDate();
    return taken == null || (!taken.isAfter(wish.on()) && !taken.isBefore(wish.on().minus(maxAge)));
  }

  /** 0 for what a reader would not look at. */
  static int relevance(Wish wish, PriorCandidate candidate) {
    boolean sameKind = candidate.modalities().stream().anyMatch(m -> isAlike(m, wish.modality()));
    Set<String> wanted = regions(wish.procedure());
    Set<String> shown = regions(candidate.studyDescription());
    if (wanted.isEmpty() || shown.isEmpty()) {
      // One side does not say what it shows: the kind has to do.
      return wish.modality() == null || sameKind ? SAME_KIND : 0;
    }
    wanted.retainAll(shown);
    return wanted.isEmpty() ? 0 : SAME_REGION + (sameKind ? SAME_KIND : 0);
  }

  private static boolean isAlike(String one, String other) {
    return one.equals(other)
        || ALIKE.stream()
            .anyMatch(kinds -> other != null && kinds.contains(one) && kinds.contains(other));
  }

  private static Set<String> regions(String text) {
    if (text == null) {
      return new TreeSet<>();
    }
    Set<String> words = new HashSet<>(List.of(WORD.split(text.toLowerCase(Locale.ROOT))));
    return REGIONS.entrySet().stream()
        .filter(region -> region.getValue().stream().anyMatch(words::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
