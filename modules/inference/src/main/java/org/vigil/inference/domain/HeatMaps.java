package org.vigil.inference.domain;

import java.util.ArrayDeque;
import org.vigil.imaging.api.ResultContent;

/** From a heat-map channel of the model's output to places in the image. */
public final class HeatMaps {
  /**
   * Longest side of the map that is kept: fine enough to lay over a film, small in the database.
   */
  static final int LONGEST_SIDE = 256;

  private HeatMaps() {}

  /**
   * A channel of the heat-map output.
   *
   * @param values height × width, row-major, 0 to 1
   */
  public record Channel(int height, int width, float[] values) {
    float at(int row, int column) {
      return values[row * width + column];
    }

    /** The larger value at each place of two channels of one output. */
    public Channel stronger(Channel other) {
      float[] larger = new float[values.length];
      for (int i = 0; i < larger.length; i++) {
        larger[i] = Math.max(values[i], other.values[i]);
      }
      return new Channel(height, width, larger);
    }
  }

  /**
   * The rectangle around the largest connected group of cells (neighbours share an edge or corner)
   * at or above the threshold; of groups alike in size, the one found first from the top left.
   *
   * @param threshold share of 1
   * @return in image pixels; null when no cell reaches the threshold or all lie in padding
   */
  public static ResultContent.Box box(Channel channel, double threshold, Geometry geometry) {
    int cells = channel.height() * channel.width();
    boolean[] seen = new boolean[cells];
    Group largest = null;
    for (int cell = 0; cell < cells; cell++) {
      if (!seen[cell] && channel.values()[cell] >= threshold) {
        Group group = grow(channel, threshold, cell, seen);
        if (largest == null || group.size > largest.size) {
          largest = group;
        }
      }
    }
    if (largest == null) {
      return null;
    }
    double cellWidth = (double) geometry.inputColumns() / channel.width();
    double cellHeight = (double) geometry.inputRows() / channel.height();
    return geometry.imageBox(
        largest.left * cellWidth,
        largest.top * cellHeight,
        (largest.right + 1) * cellWidth,
        (largest.bottom + 1) * cellHeight);
  }

  private static final class Group {
    private int size;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right;
    private int bottom;

    void add(int row, int column) {
      size++;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  }

  private static Group grow(Channel channel, double threshold, int start, boolean[] seen) {
    Group group = new Group();
    ArrayDeque<Integer> waiting = new ArrayDeque<>();
    seen[start] = true;
    waiting.add(start);
    while (!waiting.isEmpty()) {
      int cell = waiting.remove();
      int row = cell / channel.width();
      int column = cell % channel.width();
      group.add(row, column);
      for (int y = Math.max(0, row - 1); y <= Math.min(channel.height() - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(channel.width() - 1, column + 1); x++) {
          int next = y * channel.width() + x;
          if (!seen[next] && channel.values()[next] >= threshold) {
            seen[next] = true;
            waiting.add(next);
          }
        }
      }
    }
    return group;
  }

  /**
   * Spreads a channel over the whole image, bilinearly between the centres of its cells; what the
   * model did not see (cropped away) is 0.
   *
   * @return of the image's aspect, at most 256 on its longest side
   */
  public static ResultContent.HeatMap overImage(Channel channel, Geometry geometry) {
    double shrink =
        Math.min(
            1, (double) LONGEST_SIDE / Math.max(geometry.imageColumns(), geometry.imageRows()));
    int columns = Math.max(1, (int) Math.round(geometry.imageColumns() * shrink));
    int rows = Math.max(1, (int) Math.round(geometry.imageRows() * shrink));
    byte[] values = new byte[rows * columns];
    for (int y = 0; y < rows; y++) {
      double inputY = geometry.inputY((y + 0.5) * geometry.imageRows() / rows);
      for (int x = 0; x < columns; x++) {
        double inputX = geometry.inputX((x + 0.5) * geometry.imageColumns() / columns);
        boolean seenByModel =
            inputX >= 0
                && inputX <= geometry.inputColumns()
                && inputY >= 0
                && inputY <= geometry.inputRows();
        if (seenByModel) {
          double value =
              between(
                  channel,
                  inputX * channel.width() / geometry.inputColumns() - 0.5,
                  inputY * channel.height() / geometry.inputRows() - 0.5);
          values[y * columns + x] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
        }
      }
    }
    return new ResultContent.HeatMap(rows, columns, values);
  }

  private static double between(Channel channel, double x, double y) {
    double cx = Math.min(channel.width() - 1, Math.max(0, x));
    double cy = Math.min(channel.height() - 1, Math.max(0, y));
    int x0 = (int) cx;
    int y0 = (int) cy;
    int x1 = Math.min(channel.width() - 1, x0 + 1);
    int y1 = Math.min(channel.height() - 1, y0 + 1);
    double fx = cx - x0;
    double fy = cy - y0;
    double upper = channel.at(y0, x0) * (1 - fx) + channel.at(y0, x1) * fx;
    double lower = channel.at(y1, x0) * (1 - fx) + channel.at(y1, x1) * fx;
    return upper * (1 - fy) + lower * fy;
  }
}
