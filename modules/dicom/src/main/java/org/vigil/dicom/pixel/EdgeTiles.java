package org.vigil.dicom.pixel;

import java.io.IOException;
import java.util.Optional;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.pixel.jpeg.JpegFrameHeader;

/**
 * Tiles at the right and lower edge of a total pixel matrix (PS3.3 §C.7.6.17.3). They should be
 * filled up to the size of the others; some scanners compress only what there is.
 */
final class EdgeTiles {
  private final PixelDescription whole;
  private final int lastColumns;
  private final int lastRows;

  private EdgeTiles(PixelDescription whole, int lastColumns, int lastRows) {
    this.whole = whole;
    this.lastColumns = lastColumns;
    this.lastRows = lastRows;
  }

  /** Nothing where the object is not tiled, or its tiles fit the matrix. */
  static Optional<EdgeTiles> of(Attributes dataset, PixelDescription whole) {
    int columns = dataset.getInt(Tag.TotalPixelMatrixColumns, 0) % whole.columns();
    int rows = dataset.getInt(Tag.TotalPixelMatrixRows, 0) % whole.rows();
    return columns <= 0 && rows <= 0
        ? Optional.empty()
        : Optional.of(new EdgeTiles(whole, columns, rows));
  }

  /** The description of a tile as it was compressed. */
  PixelDescription describe(byte[] encoded) {
    JpegFrameHeader header = JpegFrameHeader.find(encoded).orElse(null);
    if (header == null) {
      return whole;
    }
    boolean fits =
        (header.columns() == whole.columns() || header.columns() == lastColumns)
            && (header.rows() == whole.rows() || header.rows() == lastRows);
    return fits ? whole.cropped(header.rows(), header.columns()) : whole;
  }

  /** A tile in the upper left of a whole one, with black around it. */
  Frame fill(Frame tile) throws IOException {
    if (tile.rows() == whole.rows() && tile.columns() == whole.columns()) {
      return tile;
    }
    Object values = RasterValues.newArray(whole);
    int samples = whole.samples();
    if (tile.photometric().equals("YBR_FULL")) {
      int grey = 1 << whole.bitsStored() - 1;
      for (int i = 0; i < whole.frameValues(); i++) {
        RasterValues.put(i % samples == 0 ? 0 : grey, values, i, whole);
      }
    }
    for (int y = 0; y < tile.rows(); y++) {
      System.arraycopy(
          tile.array(),
          y * tile.columns() * samples,
          values,
          y * whole.columns() * samples,
          tile.columns() * samples);
    }
    return NativePixels.frame(whole, tile.photometric(), values);
  }
}
