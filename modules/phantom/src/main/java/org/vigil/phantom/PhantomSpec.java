package org.vigil.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides a phantom: the same specification gives the same pixels.
 *
 * @param seed decides anatomy, position, exposure and noise
 * @param sex build and breast shadows
 * @param pathologies what to draw; at most one of each finding and side
 */
public record PhantomSpec(long seed, Sex sex, List<Pathology> pathologies) {

  /** Checks and copies. */
  public PhantomSpec {
    Objects.requireNonNull(sex, "sex");
    pathologies = List.copyOf(pathologies);
    for (int i = 0; i < pathologies.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (pathologies.get(i).finding() == pathologies.get(j).finding()
            && pathologies.get(i).side() == pathologies.get(j).side()) {
          throw new IllegalArgumentException(
              "A phantom has at most one " + pathologies.get(i).finding() + " a side");
        }
      }
    }
  }

  /** A chest without abnormality; the seed also decides the sex. */
  public static PhantomSpec normal(long seed) {
    return new PhantomSpec(seed, sexOf(seed), List.of());
  }

  /** The same chest with one more abnormality. */
  public PhantomSpec with(Pathology pathology) {
    List<Pathology> all = new ArrayList<>(pathologies);
    all.add(pathology);
    return new PhantomSpec(seed, sex, all);
  }

  /** The same chest without its pathologies. */
  public PhantomSpec healthy() {
    return new PhantomSpec(seed, sex, List.of());
  }

  /** Whether the finding is among the pathologies. */
  public boolean has(Finding finding) {
    return pathologies.stream().anyMatch(p -> p.finding() == finding);
  }

  /**
   * A chest drawn by lot, with a mix of findings fit for training and testing.
   *
   * @param seed decides everything but the pneumothorax
   * @param pneumothorax whether there is one
   */
  public static PhantomSpec drawn(long seed, boolean pneumothorax) {
    Dice dice = new Dice(seed, 900);
    PhantomSpec spec = normal(seed);
    if (pneumothorax) {
      spec = spec.with(someOf(Finding.PNEUMOTHORAX, dice));
    }
    double others = pneumothorax ? 0.12 : 0.22;
    for (Finding f : new Finding[] {Finding.CONSOLIDATION, Finding.NODULE, Finding.EFFUSION}) {
      if (dice.chance(others)) {
        spec = spec.with(someOf(f, dice));
      }
    }
    return spec;
  }

  /**
   * A pathology of a size and contrast as met in practice.
   *
   * @param finding what
   * @param seed decides side, size and contrast
   */
  public static Pathology some(Finding finding, long seed) {
    return someOf(finding, new Dice(seed, 901 + finding.ordinal()));
  }

  private static Pathology someOf(Finding finding, Dice dice) {
    Side side = dice.chance(0.5) ? Side.RIGHT : Side.LEFT;
    double size =
        switch (finding) {
          case PNEUMOTHORAX ->
              // Most are small to moderate; one in six has collapsed most of the lung.
              dice.chance(0.17) ? dice.between(45, 85) : dice.between(9, 45);
          case CONSOLIDATION -> dice.between(45, 110);
          case NODULE -> dice.between(10, 30);
          case EFFUSION -> dice.between(25, 110);
        };
    return new Pathology(finding, side, size, dice.between(0.45, 1));
  }

  private static Sex sexOf(long seed) {
    return new Dice(seed, 899).chance(0.48) ? Sex.FEMALE : Sex.MALE;
  }
}
