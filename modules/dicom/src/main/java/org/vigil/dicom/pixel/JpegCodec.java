package org.vigil.dicom.pixel;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.vigil.dicom.pixel.jpeg.JpegFrameHeader;
import org.vigil.dicom.pixel.jpeg.JpegLosslessDecoder;
import org.vigil.dicom.pixel.jpeg.JpegSegments;

/**
 * JPEG of every process, as the image's own header tells it. With a DCT and 8 bits it goes through
 * TwelveMonkeys' reader, which is asked for raw components: Photometric Interpretation, not the
 * JPEG markers, says what they mean. What that cannot do goes to {@link JpegDctCodec}: 12 bits, and
 * quantization tables of 16 bits, which it cuts to 8.
 */
final class JpegCodec implements FrameCodec {
  private static final int SOF3 = 0xC3;
  private static final int SOF55 = 0xF7;

  private static final JPEGImageReaderSpi SPI = spi();

  /** Made here, not found in the registry: an application server hides providers there. */
  private static JPEGImageReaderSpi spi() {
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    // It only looks up the JDK's own reader, to which it delegates the entropy decoding.
    spi.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return spi;
  }

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    byte[] image = JpegSegments.fromStartOfImage(encoded);
    JpegFrameHeader header = JpegFrameHeader.of(image);
    // Before a reader takes memory for whatever the header says.
    RasterValues.checkShape(header.columns(), header.rows(), header.components(), d);
    if (header.marker() == SOF55) {
      return new JpegLsCodec().decode(image, d);
    }
    if (header.marker() == SOF3) {
      return RasterValues.toFrame(
          JpegLosslessDecoder.decode(image, d.frameValues()), photometric(d), d);
    }
    if (header.precision() > 8 || JpegSegments.hasWideQuantization(image)) {
      return new JpegDctCodec().decode(image, d);
    }
    return eightBits(JpegSegments.withoutApplicationData(image), d);
  }

  private static Frame eightBits(byte[] image, PixelDescription d) throws IOException {
    ImageReader reader = SPI.createReaderInstance(null);
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
      AtomicBoolean incomplete = new AtomicBoolean();
      // It fills up with grey what is missing, and mentions it only here.
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.contains("premature end of data segment")) {
              incomplete.set(true);
            }
          });
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      if (incomplete.get()) {
        throw new EOFException("JPEG: the scan ends too early");
      }
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
