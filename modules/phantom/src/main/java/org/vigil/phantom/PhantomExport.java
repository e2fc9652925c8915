package org.vigil.phantom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes phantoms as arrays for training, which is done outside the build.
 *
 * <p>{@code PhantomExport SET COUNT FOLDER}: the first COUNT films of a {@link PhantomTestSet}.
 * Three files: {@code SET.images.npy} (N × 256 × 256, uint16, little endian: the <em>sum</em> of
 * each 4 × 4 pixels, so a pixel's mean is the value / 16, exactly), {@code SET.masks.npy} (N × 4 ×
 * 32 × 32, uint8: 255 × the part of each cell covered by the finding, in the order of {@link
 * Finding}) and {@code SET.labels.csv} (a line a film: seed, sex, then for each finding 0 or 1,
 * side, box, size and volume).
 */
public final class PhantomExport {
  /** Rows and columns of the exported images. */
  static final int IMAGE = 256;

  /** Rows and columns of the exported masks. */
  static final int GRID = 32;

  private PhantomExport() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("Usage: PhantomExport TRAINING|VALIDATION|TEST COUNT FOLDER");
      System.exit(2);
    }
    PhantomTestSet set = PhantomTestSet.valueOf(args[0].toUpperCase(Locale.ROOT));
    int count = Integer.parseInt(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]));
    export(set, count, folder);
  }

  /**
   * Writes the three files; draws on all processors, writes in order.
   *
   * @param count at most the size of the set
   */
  static void export(PhantomTestSet set, int count, Path folder) throws IOException {
    String name = set.name().toLowerCase(Locale.ROOT);
    int findings = Finding.values().length;
    try (OutputStream images = open(folder.resolve(name + ".images.npy"));
        OutputStream masks = open(folder.resolve(name + ".masks.npy"));
        OutputStream labels = open(folder.resolve(name + ".labels.csv"))) {
      images.write(header("<u2", count, IMAGE, IMAGE));
      masks.write(header("|u1", count, findings, GRID, GRID));
      labels.write(head().getBytes(StandardCharsets.UTF_8));
      final int batch = 64;
      for (int start = 0; start < count; start += batch) {
        int from = start;
        int n = Math.min(batch, count - start);
        PhantomImage[] drawn = new PhantomImage[n];
        IntStream.range(0, n)
            .parallel()
            .forEach(i -> drawn[i] = ChestPhantom.draw(set.spec(from + i)));
        for (PhantomImage film : drawn) {
          write(film, images, masks, labels);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(
      PhantomImage film, OutputStream images, OutputStream masks, OutputStream labels)
      throws IOException {
    images.write(sums(film));
    StringBuilder line = new StringBuilder();
    line.append(film.spec().seed()).append(',').append(film.spec().sex().code());
    for (Finding finding : Finding.values()) {
      byte[] cells = new byte[GRID * GRID];
      boolean found = false;
      for (GroundTruth t : film.truths()) {
        if (t.finding() != finding) {
          continue;
        }
        float[] c = t.mask().coverage(GRID);
        for (int i = 0; i < cells.length; i++) {
          cells[i] = (byte) Math.max(cells[i] & 0xff, Math.round(c[i] * 255));
        }
        PixelBox b = t.box();
        line.append(
            String.format(
                Locale.ROOT,
                ",1,%s,%d,%d,%d,%d,%.1f,%.1f",
                t.side(),
                b.x(),
                b.y(),
                b.width(),
                b.height(),
                t.sizeMm(),
                t.volumeMl()));
        found = true;
        break;
      }
      if (!found) {
        line.append(",0,,,,,,,");
      }
      masks.write(cells);
    }
    labels.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sums(PhantomImage film) {
    int f = film.size() / IMAGE;
    ByteBuffer out = ByteBuffer.allocate(IMAGE * IMAGE * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < IMAGE; y++) {
      for (int x = 0; x < IMAGE; x++) {
        int sum = 0;
        for (int j = 0; j < f; j++) {
          int at = (y * f + j) * film.size() + x * f;
          for (int i = 0; i < f; i++) {
            sum += film.pixels()[at + i];
          }
        }
        out.putShort((short) sum);
      }
    }
    return out.array();
  }

  private static String head() {
    StringBuilder head = new StringBuilder("seed,sex");
    for (Finding f : Finding.values()) {
      String n = f.name().toLowerCase(Locale.ROOT);
      head.append(',').append(n);
      for (String column : new String[] {"side", "x", "y", "width", "height", "mm", "ml"}) {
        head.append(',').append(n).append('_').append(column);
      }
    }
    return head.append('\n').toString();
  }

  /** The header of NumPy's format, version 1.0. */
  private static byte[] header(String type, int... shape) {
    StringBuilder s =
        new StringBuilder("{'descr': '" + type + "', 'fortran_order': False, 'shape': (");
    for (int n : shape) {
      s.append(n).append(", ");
    }
    s.append("), }");
    while ((10 + s.length() + 1) % 64 != 0) {
      s.append(' ');
    }
    s.append('\n');
    byte[] text = s.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer b = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    b.putShort((short) text.length).put(text);
    return b.array();
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }
}
