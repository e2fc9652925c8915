package org.vigil.dicom.pixel.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpsamplingTest {

  private static int[] line(int[] plane, int stride, Component c, int columns, int rows, int y) {
    int[] to = new int[columns];
    new Upsampling(plane, stride, c, columns, rows, 2, 2).line(y, columns, to, 0, 1);
    return to;
  }

  @Test
  void halfALineIsInterpolatedThreeToOne() {
    int[] plane = {0, 100, 200, -1};

    assertThat(line(plane, 4, new Component(1, 1, 2, 0), 6, 1, 0))
        .containsExactly(0, 25, 75, 125, 175, 200);
    assertThat(line(plane, 4, new Component(1, 1, 2, 0), 5, 1, 0))
        .containsExactly(0, 25, 75, 125, 175);
  }

  @Test
  void halfTheLinesAreInterpolatedToo() {
    int[] plane = {0, 0, 0, -1, 160, 160, 160, -1};
    Component c = new Component(1, 1, 1, 0);

    assertThat(line(plane, 4, c, 6, 4, 0)).containsOnly(0);
    assertThat(line(plane, 4, c, 6, 4, 1)).containsOnly(40);
    assertThat(line(plane, 4, c, 6, 4, 2)).containsOnly(120);
    assertThat(line(plane, 4, c, 6, 4, 3)).containsOnly(160);
  }

  @Test
  void anythingElseIsRepeated() {
    int[] plane = {1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(line(plane, 4, new Component(1, 2, 1, 0), 4, 4, 3)).containsExactly(5, 6, 7, 8);
    assertThat(line(plane, 4, new Component(1, 2, 2, 0), 4, 2, 1)).containsExactly(5, 6, 7, 8);
  }
}
