package org.vigil.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChestPhantomTest {

  /** Trained weights and published figures rest on these very pixels: they must never change. */
  @ParameterizedTest
  @CsvSource({
    "3000000, feb32979c6969cfce152bbe08e4eb1c9df9c9dda46bdd1d961168989b9e92d3b",
    "3000001, e4fb49e866e77f7a4a3e81de8ffa2451857a23b698e83ee9d30dbdefa99063f3",
    "3000002, 4f64317a09ea14c8342c5654cef38603e279d815bdf4899fb3a45f9ceb53b25d"
  })
  void drawsTheSamePixelsOnEveryMachine(long seed, String sha256) throws Exception {
    PhantomImage film = ChestPhantom.draw(PhantomTestSet.TEST.spec((int) (seed - 3_000_000)));

    assertThat(film.spec().seed()).isEqualTo(seed);
    assertThat(sha256(film.pixels())).isEqualTo(sha256);
  }

  @Test
  void drawsTwelveBitsThatUseTheirRange() {
    PhantomImage film = ChestPhantom.draw(PhantomSpec.normal(7));

    int least = Integer.MAX_VALUE;
    int most = 0;
    for (short v : film.pixels()) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    assertThat(film.pixels()).hasSize(1024 * 1024);
    assertThat(least).isBetween(0, 400);
    assertThat(most).isBetween(3000, 4095);
    assertThat(film.truths()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Finding.class)
  void truthBoxHoldsWhatTheFindingChanged(Finding finding) {
    for (long seed = 60; seed < 63; seed++) {
      PhantomSpec healthy = PhantomSpec.normal(seed);
      Side side = seed % 2 == 0 ? Side.LEFT : Side.RIGHT;
      double size =
          switch (finding) {
            case PNEUMOTHORAX -> 35;
            case CONSOLIDATION -> 80;
            case NODULE -> 22;
            case EFFUSION -> 75;
          };
      PhantomImage sick = ChestPhantom.draw(healthy.with(new Pathology(finding, side, size, 1.0)));
      PhantomImage well = ChestPhantom.draw(healthy);

      assertThat(sick.truths()).hasSize(1);
      GroundTruth truth = sick.truths().get(0);
      assertThat(truth.finding()).isEqualTo(finding);
      assertThat(truth.side()).isEqualTo(side);
      assertThat(truth.volumeMl()).isPositive();
      // Whether air makes it darker or tissue makes it whiter, the mask is where it happens.
      Change change = change(sick, well, truth);
      if (finding == Finding.PNEUMOTHORAX) {
        assertThat(change.meanInMask()).as("seed %d", seed).isLessThan(-60);
      } else {
        assertThat(change.meanInMask()).as("seed %d", seed).isGreaterThan(60);
        assertThat(change.shareInBox()).as("seed %d", seed).isGreaterThan(0.6);
      }
      assertThat(Math.abs(change.meanInMask())).isGreaterThan(8 * Math.abs(change.meanElsewhere()));
      // The box lies on the right side of the picture.
      double middle = truth.box().x() + truth.box().width() / 2.0;
      assertThat(middle > 512).isEqualTo(side == Side.LEFT);
    }
  }

  @Test
  void noduleMeasuresWhatWasAskedFor() {
    PhantomSpec spec =
        PhantomSpec.normal(11).with(new Pathology(Finding.NODULE, Side.RIGHT, 21, 1.0));

    GroundTruth truth = ChestPhantom.draw(spec).truths().get(0);

    double expected = 21 / Anatomy.MM_PER_UNIT;
    assertThat((double) truth.box().width()).isCloseTo(expected, within(expected * 0.2));
    assertThat((double) truth.box().height()).isCloseTo(expected, within(expected * 0.2));
  }

  @Test
  void pathologyLeavesTheOtherLungAlone() {
    PhantomSpec healthy = PhantomSpec.normal(15);
    PhantomImage well = ChestPhantom.draw(healthy);
    PhantomImage sick =
        ChestPhantom.draw(healthy.with(new Pathology(Finding.PNEUMOTHORAX, Side.LEFT, 25, 0.8)));

    long different = 0;
    for (int y = 200; y < 600; y++) {
      for (int x = 150; x < 380; x++) {
        if (Math.abs(sick.pixels()[y * 1024 + x] - well.pixels()[y * 1024 + x]) > 40) {
          different++;
        }
      }
    }
    assertThat(different).isZero();
  }

  @Test
  void setsDoNotShareFilms() {
    for (PhantomTestSet set : PhantomTestSet.values()) {
      List<Long> seeds = set.specs().map(PhantomSpec::seed).toList();
      assertThat(seeds).hasSize(set.count()).doesNotHaveDuplicates();
      for (PhantomTestSet other : PhantomTestSet.values()) {
        if (other != set) {
          assertThat(seeds)
              .doesNotContainAnyElementsOf(other.specs().map(PhantomSpec::seed).toList());
        }
      }
    }
    assertThat(PhantomTestSet.TEST.specs().filter(s -> s.has(Finding.PNEUMOTHORAX)).count())
        .isEqualTo(200);
  }

  private record Change(double meanInMask, double meanElsewhere, double shareInBox) {}

  /** How the stored values differ: in the mask, far from it, and the part of it inside the box. */
  private static Change change(PhantomImage sick, PhantomImage well, GroundTruth truth) {
    double in = 0;
    double out = 0;
    double inBox = 0;
    double all = 0;
    int nIn = 0;
    int nOut = 0;
    for (int y = 0; y < 1024; y++) {
      for (int x = 0; x < 1024; x++) {
        int d = sick.pixels()[y * 1024 + x] - well.pixels()[y * 1024 + x];
        if (truth.mask().get(x / 2, y / 2)) {
          in += d;
          nIn++;
        } else {
          out += d;
          nOut++;
        }
        if (Math.abs(d) > 120) {
          all++;
          if (truth.box().contains(x, y)) {
            inBox++;
          }
        }
      }
    }
    return new Change(in / nIn, out / nOut, inBox / all);
  }

  private static String sha256(short[] pixels) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(pixels.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(pixels);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
