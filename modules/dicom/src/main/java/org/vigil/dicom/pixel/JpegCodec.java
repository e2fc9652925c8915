package org.vigil.dicom.pixel;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.vigil.dicom.pixel.jpeg.JpegFrameHeader;

/**
 * JPEG baseline, extended and lossless through TwelveMonkeys' reader, which is asked for raw
 * components: Photometric Interpretation, not the JPEG markers, says what they mean. Extended with
 * 12 bits, which it cannot, goes to {@link JpegDctCodec}.
 */
final class JpegCodec implements FrameCodec {

  private static final JPEGImageReaderSpi SPI = spi();

  /** Made here, not found in the registry: an application server hides providers there. */
  private static JPEGImageReaderSpi spi() {
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    // It only looks up the JDK's own reader, to which it delegates the entropy decoding.
    spi.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return spi;
  }

  private final JpegDctCodec twelveBits = new JpegDctCodec();

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    JpegFrameHeader header = JpegFrameHeader.of(encoded);
    // Before the reader takes memory for whatever the header says.
    RasterValues.checkShape(header.columns(), header.rows(), header.components(), d);
    if (header.isDct() && header.precision() > 8) {
      return twelveBits.decode(encoded, d);
    }
    ImageReader reader = SPI.createReaderInstance(null);
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      return RasterValues.toFrame(raster, photometric(d), d);
    } finally {
      reader.dispose();
    }
  }

  /** JPEG's components have full range and come out whole, whatever the object calls them. */
  static String photometric(PixelDescription d) {
    return d.photometric().startsWith("YBR") ? "YBR_FULL" : d.photometric();
  }
}
