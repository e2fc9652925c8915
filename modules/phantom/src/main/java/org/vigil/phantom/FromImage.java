package org.vigil.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.vigil.dicom.data.Attributes;

/**
 * Turns a picture file (PNG, or any other that the JDK reads) of a chest film into a DX object.
 *
 * <p>Grey pictures keep their stored values, 8 or 16 bits. Colours become luma (ITU-R BT.601); an
 * alpha channel is ignored. White is taken as the largest value.
 */
public final class FromImage {
  private FromImage() {}

  /**
   * Reads a picture.
   *
   * @param file the picture
   * @param spacingMm distance between pixel centres, or 0 where unknown: a film of 35 cm width is
   *     then assumed
   * @throws IOException where the file cannot be read or is no picture
   */
  public static GreyImage read(Path file, double spacingMm) throws IOException {
    BufferedImage picture;
    try (InputStream in = Files.newInputStream(file)) {
      picture = ImageIO.read(in);
    }
    if (picture == null) {
      throw new IOException(
          file.getFileName() + " is not a picture that can be read; PNG and JPEG can");
    }
    return of(picture, spacingMm);
  }

  /** Makes a grey picture of a decoded one; see {@link #read}. */
  public static GreyImage of(BufferedImage picture, double spacingMm) {
    int columns = picture.getWidth();
    int rows = picture.getHeight();
    double spacing = spacingMm > 0 ? spacingMm : 350.0 / columns;
    Raster raster = picture.getRaster();
    ColorModel model = picture.getColorModel();
    short[] out = new short[rows * columns];
    boolean indexed = model instanceof IndexColorModel;
    boolean direct =
        !indexed
            && (raster.getTransferType() == DataBuffer.TYPE_BYTE
                || raster.getTransferType() == DataBuffer.TYPE_USHORT)
            && raster.getNumBands() == model.getNumComponents();
    boolean wide = direct && raster.getTransferType() == DataBuffer.TYPE_USHORT;
    int colours = model.getNumColorComponents();
    int[] line = new int[columns * raster.getNumBands()];
    int bands = raster.getNumBands();
    for (int y = 0; y < rows; y++) {
      if (direct) {
        raster.getPixels(0, y, columns, 1, line);
      }
      for (int x = 0; x < columns; x++) {
        int value;
        if (direct && colours == 1) {
          value = line[x * bands];
        } else if (direct) {
          value = luma(line[x * bands], line[x * bands + 1], line[x * bands + 2]);
        } else {
          int rgb = picture.getRGB(x, y);
          value = luma((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff);
        }
        out[y * columns + x] = (short) value;
      }
    }
    return new GreyImage(rows, columns, wide ? 16 : 8, out, spacing);
  }

  /** The DX object of a picture file, marked as imported. */
  public static Attributes dicom(Path file, double spacingMm, String view, ImagingRequest request)
      throws IOException {
    DxObject.Origin origin =
        new DxObject.Origin("from-image", "Imported from a picture file by Vigil.", false, view);
    return DxObject.of(read(file, spacingMm), request, origin);
  }

  private static int luma(int red, int green, int blue) {
    return (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
}
