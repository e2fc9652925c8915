package org.vigil.dicom.pixel.jpeg;

/** A component of a frame with its coefficients (T.81 §A.1.1). */
final class Component {
  /** Coefficients of a block. */
  static final int BLOCK = 64;

  final int id;
  final int horizontal;
  final int vertical;
  final int table;

  /** Blocks that hold the component itself, in one direction: what a scan of it alone visits. */
  int blocksWide;

  int blocksHigh;

  /** Blocks with those that fill up the last MCU. */
  int paddedWide;

  /** By block, row by row; in a block by zig-zag index. */
  short[] coefficients;

  /** Last DC value of the scan. */
  int predicted;

  HuffmanTable dc;
  HuffmanTable ac;

  Component(int id, int horizontal, int vertical, int table) {
    this.id = id;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.table = table;
  }

  int at(int blockColumn, int blockRow) {
    return (blockRow * paddedWide + blockColumn) * BLOCK;
  }
}
