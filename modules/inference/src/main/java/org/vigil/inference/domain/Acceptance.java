package org.vigil.inference.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vigil.imaging.api.InstanceView;

/**
 * Which images a model may be asked about. An empty list accepts anything; a model is never run on
 * what its manifest does not accept, and the reason is told in a sentence without patient data.
 *
 * @param modalities (0008,0060)
 * @param bodyParts (0018,0015)
 * @param unnamedBodyPart whether an image that names no body part is accepted
 * @param viewPositions (0018,5101), the preferred ones first
 * @param unnamedViewPosition whether an image that names no view position is accepted
 */
public record Acceptance(
    List<String> modalities,
    List<String> sopClasses,
    List<String> bodyParts,
    boolean unnamedBodyPart,
    List<String> viewPositions,
    boolean unnamedViewPosition,
    List<String> photometricInterpretations,
    Range rows,
    Range columns,
    Range bitsStored,
    Range frames) {

  /** A closed range of whole numbers. */
  public record Range(int min, int max) {
    static final Range ANY = new Range(1, Integer.MAX_VALUE);

    boolean contains(int value) {
      return value >= min && value <= max;
    }

    @Override
    public String toString() {
      if (min == max) {
        return Integer.toString(min);
      }
      return max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
    }
  }

  /**
   * The answer for one image.
   *
   * @param reason why not; null when it fits
   * @param passed how many of the questions were answered well, for choosing the nearest miss
   */
  record Answer(String reason, int passed) {}

  /** The answer for a study: the image to run on, or the reason of the image nearest to fitting. */
  public record Choice(InstanceView image, String reason) {}

  /**
   * Chooses the image of a study to run on: an accepted one made by a modality, of the most
   * preferred view, then the first.
   */
  public Choice choose(List<InstanceView> instances) {
    List<InstanceView> acquired =
        instances.stream().filter(i -> i.origin() == InstanceView.Origin.ACQUIRED).toList();
    if (acquired.isEmpty()) {
      return new Choice(null, "The study holds no acquired object.");
    }
    Optional<InstanceView> best =
        acquired.stream()
            .filter(i -> ask(i).reason() == null)
            .min(Comparator.comparingInt(this::preference));
    if (best.isPresent()) {
      return new Choice(best.get(), null);
    }
    Answer nearest =
        acquired.stream().map(this::ask).max(Comparator.comparingInt(Answer::passed)).orElseThrow();
    return new Choice(null, nearest.reason());
  }

  /** Why the model does not accept an image; empty when it does. */
  public Optional<String> refusal(InstanceView image) {
    return Optional.ofNullable(ask(image).reason());
  }

  private int preference(InstanceView image) {
    int place = image.viewPosition() == null ? -1 : viewPositions.indexOf(image.viewPosition());
    return place < 0 ? viewPositions.size() : place;
  }

  private Answer ask(InstanceView image) {
    int passed = 0;
    if (!listed(modalities, image.modality())) {
      return new Answer(
          "The model reads modality %s; this is %s."
              .formatted(either(modalities), named(image.modality())),
          passed);
    }
    passed++;
    if (!listed(sopClasses, image.sopClassUid())) {
      return new Answer(
          "The model does not read objects of SOP class %s.".formatted(named(image.sopClassUid())),
          passed);
    }
    passed++;
    if (!image.hasPixelData()) {
      return new Answer("The object has no pixel data.", passed);
    }
    passed++;
    String bodyPart = refusedTerm("body part", bodyParts, unnamedBodyPart, image.bodyPart());
    if (bodyPart != null) {
      return new Answer(bodyPart, passed);
    }
    passed++;
    String view =
        refusedTerm("view position", viewPositions, unnamedViewPosition, image.viewPosition());
    if (view != null) {
      return new Answer(view, passed);
    }
    passed++;
    if (!listed(photometricInterpretations, image.photometricInterpretation())) {
      return new Answer(
          "The model reads photometric interpretation %s; this is %s."
              .formatted(
                  either(photometricInterpretations), named(image.photometricInterpretation())),
          passed);
    }
    passed++;
    return new Answer(refusedSize(image), passed);
  }

  private String refusedSize(InstanceView image) {
    if (!frames.contains(Math.max(1, image.numberOfFrames()))) {
      return outside("frames", frames, image.numberOfFrames());
    }
    if (!rows.contains(image.rows())) {
      return outside("rows", rows, image.rows());
    }
    if (!columns.contains(image.columns())) {
      return outside("columns", columns, image.columns());
    }
    return bitsStored.contains(image.bitsStored())
        ? null
        : outside("bits stored", bitsStored, image.bitsStored());
  }

  private static String outside(String what, Range range, int value) {
    return "The model reads images of %s %s; this one has %d.".formatted(range, what, value);
  }

  private static String refusedTerm(
      String what, List<String> accepted, boolean unnamedAccepted, String value) {
    if (accepted.isEmpty()) {
      return null;
    }
    if (value == null || value.isBlank()) {
      return unnamedAccepted
          ? null
          : "The model reads %s %s; the image names none.".formatted(what, either(accepted));
    }
    return listed(accepted, value)
        ? null
        : "The model reads %s %s; this is %s.".formatted(what, either(accepted), named(value));
  }

  private static boolean listed(List<String> accepted, String value) {
    return accepted.isEmpty() || (value != null && accepted.contains(value.trim()));
  }

  private static String either(List<String> terms) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    return String.join(", ", terms.subList(0, terms.size() - 1))
        + " or "
        + terms.get(terms.size() - 1);
  }

  /** Free text could hold anything: only what looks like a DICOM code string or UID is repeated. */
  private static String named(String value) {
    if (value == null || value.isBlank()) {
      return "not named";
    }
    return value.matches("[A-Z0-9_. ]{1,64}") ? value.trim() : "another";
  }
}
