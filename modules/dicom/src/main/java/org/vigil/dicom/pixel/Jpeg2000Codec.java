package org.vigil.dicom.pixel;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReadParamJava;
import java.awt.Point;
import java.io.IOException;
import jj2000.j2k.codestream.HeaderInfo;
import jj2000.j2k.codestream.reader.BitstreamReaderAgent;
import jj2000.j2k.codestream.reader.HeaderDecoder;
import jj2000.j2k.decoder.DecoderSpecs;
import jj2000.j2k.image.DataBlk;
import jj2000.j2k.image.DataBlkFloat;
import jj2000.j2k.image.DataBlkInt;
import jj2000.j2k.image.invcomptransf.InvCompTransf;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;
import jj2000.j2k.wavelet.synthesis.InverseWT;

/**
 * JPEG 2000 through the decoder inside jai-imageio, up to the inverse wavelet. The component
 * transform (T.800 annex G) is done here, because theirs rounds twice: their colours are two levels
 * away from those of other decoders. It gives RGB for YBR_RCT and YBR_ICT.
 */
final class Jpeg2000Codec implements FrameCodec {

  static {
    // It would print its remarks on damaged streams to the terminal.
    FacilityManager.registerMsgLogger(null, new Silence());
  }

  private final boolean lossy;

  /**
   * @param lossy whether values may have been changed, so that those beyond Bits Stored are
   *     rounding and not bits to cut off
   */
  Jpeg2000Codec(boolean lossy) {
    this.lossy = lossy;
  }

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    byte[] codestream = Jpeg2000Header.check(Jpeg2000Header.codestream(encoded), d);
    String photometric =
        d.photometric().equals("YBR_RCT") || d.photometric().equals("YBR_ICT")
            ? "RGB"
            : d.photometric();
    return NativePixels.frame(d, photometric, values(codestream, d, lossy));
  }

  /**
   * The library throws {@code Error} itself, and even {@code ThreadDeath}, where a stream is
   * damaged: nothing the thread should die of.
   */
  private static Object values(byte[] codestream, PixelDescription d, boolean lossy)
      throws IOException {
    try {
      return new Decoding(new CodestreamInput(codestream), d, lossy).run();
    } catch (VirtualMachineError | LinkageError e) {
      throw e;
    } catch (Error e) {
      throw new IOException("The JPEG 2000 codestream is damaged or incomplete", e);
    }
  }

  /** One run through the library's chain: code blocks, coefficients, samples of each tile. */
  private static final class Decoding {
    private final PixelDescription d;
    private final DecoderSpecs specs;
    private final InverseWT source;
    private final int[] shift;
    private final long[] lowest;
    private final long[] highest;

    Decoding(CodestreamInput bytes, PixelDescription d, boolean lossy) throws IOException {
      this.d = d;
      J2KImageReadParamJava parameters = new J2KImageReadParamJava();
      parameters.setNoROIDescaling(false);
      HeaderInfo info = new HeaderInfo();
      HeaderDecoder header = new HeaderDecoder(bytes, parameters, info);
      specs = header.getDecoderSpecs();
      int components = header.getNumComps();
      int[] depth = new int[components];
      shift = new int[components];
      lowest = new long[components];
      highest = new long[components];
      for (int c = 0; c < components; c++) {
        depth[c] = header.getOriginalBitDepth(c);
        boolean signed = header.isOriginalSigned(c);
        shift[c] = signed ? 0 : 1 << depth[c] - 1;
        int bits = lossy && signed == d.signed() ? Math.min(depth[c], d.bitsStored()) : depth[c];
        lowest[c] = signed ? -(1L << bits - 1) : 0;
        highest[c] = (1L << (signed ? bits - 1 : bits)) - 1;
      }
      BitstreamReaderAgent stream =
          BitstreamReaderAgent.createInstance(bytes, header, parameters, specs, false, info);
      source =
          InverseWT.createInstance(
              header.createDequantizer(
                  header.createROIDeScaler(
                      header.createEntropyDecoder(stream, parameters), parameters, specs),
                  depth,
                  specs),
              specs);
      source.setImgResLevel(stream.getImgRes());
    }

    Object run() throws IOException {
      Object values = RasterValues.newArray(d);
      Point tiles = source.getNumTiles(null);
      for (int y = 0; y < tiles.y; y++) {
        for (int x = 0; x < tiles.x; x++) {
          source.setTile(x, y);
          tile(values);
        }
      }
      return values;
    }

    private void tile(Object values) throws IOException {
      int tile = source.getTileIdx();
      int components = d.samples();
      int width = source.getTileCompWidth(tile, 0);
      int height = source.getTileCompHeight(tile, 0);
      boolean transformed =
          components >= 3 && (Integer) specs.cts.getTileDef(tile) != InvCompTransf.NONE;
      DataBlk[] blocks = new DataBlk[components];
      for (int c = 0; c < components; c++) {
        DataBlk wanted =
            specs.wfs.isReversible(tile, c)
                ? new DataBlkInt(0, 0, width, height)
                : new DataBlkFloat(0, 0, width, height);
        blocks[c] = source.getInternCompData(wanted, c);
      }
      int left = source.getCompULX(0) - source.getImgULX();
      int top = source.getCompULY(0) - source.getImgULY();
      for (int y = 0; y < height; y++) {
        int to = ((top + y) * d.columns() + left) * components;
        line(blocks, y, width, transformed, values, to);
      }
    }

    private void line(
        DataBlk[] blocks, int y, int width, boolean transformed, Object values, int to)
        throws IOException {
      int components = blocks.length;
      boolean floating = blocks[0].getDataType() == DataBlk.TYPE_FLOAT;
      if (transformed) {
        for (int c = 1; c < 3; c++) {
          if (floating != (blocks[c].getDataType() == DataBlk.TYPE_FLOAT)) {
            throw new IOException("JPEG 2000: the components of a transform differ in wavelet");
          }
        }
      }
      float[] reals = new float[components];
      int[] integers = new int[components];
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < components; c++) {
          int at = blocks[c].offset + y * blocks[c].scanw + x;
          if (blocks[c] instanceof DataBlkFloat block) {
            reals[c] = block.getDataFloat()[at];
          } else {
            integers[c] = ((DataBlkInt) blocks[c]).getDataInt()[at];
          }
        }
        if (transformed && floating) {
          irreversible(reals);
        } else if (transformed) {
          reversible(integers);
        }
        for (int c = 0; c < components; c++) {
          long level = blocks[c] instanceof DataBlkFloat ? (long) Math.rint(reals[c]) : integers[c];
          level = Math.max(lowest[c], Math.min(highest[c], level + shift[c]));
          RasterValues.put((int) level, values, to + x * components + c, d);
        }
      }
    }

    /** T.800 §G.3.2. */
    private static void irreversible(float[] s) {
      float y = s[0];
      float cb = s[1];
      float cr = s[2];
      s[0] = y + 1.402f * cr;
      s[1] = y - 0.344136f * cb - 0.714136f * cr;
      s[2] = y + 1.772f * cb;
    }

    /** T.800 §G.2.2. */
    private static void reversible(int[] s) {
      int green = s[0] - ((s[1] + s[2]) >> 2);
      int red = s[2] + green;
      s[2] = s[1] + green;
      s[0] = red;
      s[1] = green;
    }
  }

  private static final class Silence implements MsgLogger {
    @Override
    public void printmsg(int severity, String message) {}

    @Override
    public void println(String text, int firstIndent, int indent) {}

    @Override
    public void flush() {}
  }
}
