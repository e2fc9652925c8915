package org.vigil.dicom.pixel;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** JPEG 2000 through jai-imageio. Its component transform gives RGB for YBR_RCT and YBR_ICT. */
final class Jpeg2000Codec implements FrameCodec {

  private static final J2KImageReaderSpi SPI = new J2KImageReaderSpi();

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    ImageReader reader = SPI.createReaderInstance(null);
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(in, true, true);
      Raster raster = read(reader);
      String photometric =
          d.photometric().equals("YBR_RCT") || d.photometric().equals("YBR_ICT")
              ? "RGB"
              : d.photometric();
      return RasterValues.toFrame(raster, photometric, d);
    } finally {
      reader.dispose();
    }
  }

  /**
   * The library throws {@code Error} itself, and even {@code ThreadDeath}, where a stream is
   * damaged: nothing the thread should die of.
   */
  private static Raster read(ImageReader reader) throws IOException {
    try {
      return reader.readRaster(0, null);
    } catch (VirtualMachineError | LinkageError e) {
      throw e;
    } catch (Error e) {
      throw new IOException("The JPEG 2000 codestream is damaged or incomplete", e);
    }
  }
}
