package org.vigil.phantom;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.AbstractList;
import org.vigil.dicom.data.Uids;

/**
 * The studies that wait one night: one of them critical, the rest normal or with findings that can
 * wait. Index 1 is the first to arrive. Studies are made when asked for, so a night of any length
 * costs nothing.
 */
public final class PhantomNight extends AbstractList<PhantomStudy> {
  /** How many studies wait in the story of the night shift. */
  public static final int STUDIES = 47;

  /** Where in the queue the critical one arrives. */
  public static final int CRITICAL = 31;

  /** The seed of the story. */
  public static final long SEED = 217;

  private static final String[] CLINICIANS = {
    "Halloran^Maeve", "Osei^Kwame", "Lindholm^Tove", "Barros^Ines", "Petrov^Anton"
  };

  private final int count;
  private final int criticalIndex;
  private final long seed;
  private final String issuer;
  private final OffsetDateTime start;

  /**
   * A night.
   *
   * @param count studies, at least 1
   * @param criticalIndex which has the pneumothorax, counted from 1; 0 for none
   * @param seed decides patients and films
   * @param issuer who gives the patient ids: the hospital
   * @param start when the first film is taken; the others follow some minutes apart
   */
  public PhantomNight(
      int count, int criticalIndex, long seed, String issuer, OffsetDateTime start) {
    if (count < 1 || criticalIndex < 0 || criticalIndex > count) {
      throw new IllegalArgumentException(
          "A night has at least 1 study, and its critical one lies within it or is 0; asked for %d of %d"
              .formatted(criticalIndex, count));
    }
    this.count = count;
    this.criticalIndex = criticalIndex;
    this.seed = seed;
    this.issuer = issuer;
    this.start = start;
  }

  /** The night of the demo: 47 studies, the 31st critical. */
  public static PhantomNight ofTheStory(String issuer, OffsetDateTime start) {
    return new PhantomNight(STUDIES, CRITICAL, SEED, issuer, start);
  }

  @Override
  public int size() {
    return count;
  }

  /** The study at a place counted from 0, as lists count. */
  @Override
  public PhantomStudy get(int place) {
    if (place < 0 || place >= count) {
      throw new IndexOutOfBoundsException("The night has " + count + " studies");
    }
    return study(place + 1);
  }

  /**
   * A study of the night.
   *
   * @param index 1 to {@link #size()}, in the order of arrival
   */
  public PhantomStudy study(int index) {
    if (index < 1 || index > count) {
      throw new IndexOutOfBoundsException("The night's studies are counted from 1 to " + count);
    }
    // Far from the seeds of PhantomTestSet: no film of the night was trained on.
    long film = 50_000_000L + seed * 10_007L + index;
    PhantomSpec spec = spec(film, index == criticalIndex);
    OffsetDateTime taken = start.plus(Duration.ofMinutes(4L * (index - 1)));
    long number = Math.floorMod(seed * 1009L + index, 1_000_000L);
    String uid =
        Uids.named(
            "vigil-phantom",
            "study",
            issuer,
            Long.toString(seed),
            Integer.toString(index),
            start.toString());
    ImagingRequest request =
        new ImagingRequest(
            DemoPatient.invented(number, issuer, spec.sex(), start.toLocalDate()),
            "ACC%08d".formatted(number),
            "ORD%08d".formatted(number),
            uid,
            CLINICIANS[index % CLINICIANS.length],
            "Chest PA",
            taken);
    return new PhantomStudy(spec, request);
  }

  private static PhantomSpec spec(long film, boolean critical) {
    PhantomSpec spec = PhantomSpec.normal(film);
    Dice dice = new Dice(film, 950);
    if (critical) {
      Side side = dice.chance(0.5) ? Side.RIGHT : Side.LEFT;
      return spec.with(new Pathology(Finding.PNEUMOTHORAX, side, 34, 0.9));
    }
    if (dice.chance(0.62)) {
      return spec;
    }
    Finding finding =
        switch (dice.below(3)) {
          case 0 -> Finding.CONSOLIDATION;
          case 1 -> Finding.NODULE;
          default -> Finding.EFFUSION;
        };
    return spec.with(PhantomSpec.some(finding, film));
  }
}
