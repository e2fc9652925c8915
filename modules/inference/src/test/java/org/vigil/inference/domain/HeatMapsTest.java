package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vigil.imaging.api.ResultContent;

class HeatMapsTest {
  private static final HeatMaps.Channel SPOTS =
      new HeatMaps.Channel(
          4,
          4,
          new float[] {
            0.9f, 0, 0, 0, //
            0, 0, 0.6f, 0, //
            0, 0, 0, 0.7f, //
            0, 0, 0, 0.4f
          });

  @Test
  void theBoxSurroundsTheLargestGroupOfCells() {
    // Two cells that touch at a corner beat the one bright cell; 0.4 is below the threshold.
    Geometry stretched = new Geometry(1000, 800, 8, 8, 125, 100, 0, 0);

    assertThat(HeatMaps.box(SPOTS, 0.5, stretched))
        .isEqualTo(new ResultContent.Box(500, 200, 500, 400));
  }

  @Test
  void theBoxIsMappedBackThroughPadding() {
    // 8 × 4 image scaled by 1 into the middle of 8 × 8: rows 2 to 5 of the input are image.
    Geometry letterbox = new Geometry(8, 4, 8, 8, 1, 1, 0, 2);

    assertThat(HeatMaps.box(SPOTS, 0.5, letterbox)).isEqualTo(new ResultContent.Box(4, 0, 4, 4));
  }

  @Test
  void aBoxInThePaddingIsNone() {
    HeatMaps.Channel corner = new HeatMaps.Channel(4, 1, new float[] {1, 0, 0, 0});

    assertThat(HeatMaps.box(corner, 0.5, new Geometry(8, 4, 8, 8, 1, 1, 0, 2))).isNull();
  }

  @Test
  void theBoxIsMappedBackThroughACrop() {
    // The middle 400 of 600 columns, shrunk by 100 to 4 cells.
    Geometry crop = new Geometry(600, 400, 4, 4, 100, 100, -1, 0);

    assertThat(HeatMaps.box(SPOTS, 0.5, crop)).isEqualTo(new ResultContent.Box(300, 100, 200, 200));
  }

  @Test
  void nothingAtTheThresholdIsNoBox() {
    assertThat(HeatMaps.box(SPOTS, 0.95, Geometry.identity(4, 4))).isNull();
  }

  @Test
  void theMapCoversTheWholeImageAtItsAspect() {
    HeatMaps.Channel halves = new HeatMaps.Channel(1, 2, new float[] {0, 1});

    ResultContent.HeatMap map =
        HeatMaps.overImage(halves, new Geometry(1024, 512, 8, 4, 128, 128, 0, 0));

    assertThat(map.columns()).isEqualTo(256);
    assertThat(map.rows()).isEqualTo(128);
    assertThat(value(map, 5, 0)).isZero();
    assertThat(value(map, 5, 255)).isEqualTo(255);
    assertThat(value(map, 5, 127)).isBetween(126, 128);
  }

  @Test
  void whatTheModelDidNotSeeIsZero() {
    HeatMaps.Channel hot = new HeatMaps.Channel(1, 1, new float[] {1});

    ResultContent.HeatMap map = HeatMaps.overImage(hot, new Geometry(4, 2, 2, 2, 1, 1, -1, 0));

    assertThat(map.values()).containsExactly(0, -1, -1, 0, 0, -1, -1, 0);
  }

  @Test
  void stepsInARowAddUp() {
    Geometry once = Geometry.identity(100, 50).then(20, 20, 5, 5, 0, 5);
    Geometry twice = once.then(10, 10, 2, 2, 0, 0);

    assertThat(twice.imageX(10)).isEqualTo(100);
    assertThat(twice.imageY(2.5)).isZero();
    assertThat(twice.imageY(7.5)).isEqualTo(50);
    assertThat(twice.inputY(25)).isEqualTo(5);
  }

  private static int value(ResultContent.HeatMap map, int row, int column) {
    return Byte.toUnsignedInt(map.values()[row * map.columns() + column]);
  }
}
