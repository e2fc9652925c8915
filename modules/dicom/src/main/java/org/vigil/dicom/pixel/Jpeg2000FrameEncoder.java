package org.vigil.dicom.pixel;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes JPEG 2000 lossless through jai-imageio: reversible wavelet and, with three samples, the
 * reversible component transform, so that RGB becomes YBR_RCT. The library writes through a file of
 * the system's temporary folder, which it deletes: not for a server that keeps nothing in the
 * clear.
 */
final class Jpeg2000FrameEncoder implements FrameEncoder {
  private static final J2KImageWriterSpi SPI = new J2KImageWriterSpi();
  private static final int MOST_LEVELS = 5;

  /** The lowest band keeps eight samples a side. */
  private static final int LEVELS_KEPT_BACK = 3;

  @Override
  public byte[] encode(Frame frame) throws IOException {
    ImageWriter writer = SPI.createWriterInstance(null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(sink);
      J2KImageWriteParam parameters = (J2KImageWriteParam) writer.getDefaultWriteParam();
      parameters.setLossless(true);
      parameters.setFilter(J2KImageWriteParam.FILTER_53);
      parameters.setComponentTransformation(frame.samples() == 3);
      parameters.setNumDecompositionLevels(levels(Math.min(frame.rows(), frame.columns())));
      writer.write(null, new IIOImage(image(frame), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return Jpeg2000Header.codestream(out.toByteArray());
  }

  /**
   * Levels of the wavelet transform: with more than its shorter side has room for, the encoder
   * leaves out bits of images that hardly compress.
   */
  private static int levels(int side) {
    int log2 = 31 - Integer.numberOfLeadingZeros(side);
    return Math.max(0, Math.min(MOST_LEVELS, log2 - LEVELS_KEPT_BACK));
  }

  private static BufferedImage image(Frame frame) {
    int type =
        frame.bitsStored() <= 8
            ? DataBuffer.TYPE_BYTE
            : frame.isSigned() ? DataBuffer.TYPE_SHORT : DataBuffer.TYPE_USHORT;
    int[] bands = new int[frame.samples()];
    Arrays.setAll(bands, band -> band);
    int width = frame.columns() * frame.samples();
    WritableRaster raster =
        Raster.createWritableRaster(
            new PixelInterleavedSampleModel(
                type, frame.columns(), frame.rows(), frame.samples(), width, bands),
            null);
    int[] row = new int[width];
    for (int y = 0; y < frame.rows(); y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = frame.value(y * row.length + i);
      }
      raster.setPixels(0, y, frame.columns(), 1, row);
    }
    ColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(frame.samples() == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            type);
    return new BufferedImage(colours, raster, false, null);
  }
}
