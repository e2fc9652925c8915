package org.vigil.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written comes back: exactly, or within NEAR. */
class JpegLsTest {

  static Stream<Arguments> images() {
    Stream.Builder<Arguments> all = Stream.builder();
    for (int precision : new int[] {2, 7, 8, 10, 12, 16}) {
      for (int components : new int[] {1, 3}) {
        for (int near : new int[] {0, 1, 3}) {
          if (near <= ((1 << precision) - 1) / 2) {
            all.add(Arguments.of(precision, components, near, 37, 53));
          }
        }
      }
    }
    all.add(Arguments.of(8, 1, 0, 1, 1));
    all.add(Arguments.of(16, 1, 0, 1, 300));
    all.add(Arguments.of(12, 1, 0, 300, 1));
    return all.build();
  }

  @ParameterizedTest(name = "{0} bits, {1} components, near {2}, {3}×{4}")
  @MethodSource("images")
  void comesBackWithinNear(int precision, int components, int near, int rows, int columns)
      throws IOException {
    for (Texture texture : Texture.values()) {
      JpegLsImage image = texture.image(precision, components, rows, columns);

      byte[] encoded = JpegLsEncoder.encode(image, near);
      JpegLsImage decoded = JpegLsDecoder.decode(encoded, image.samples().length);

      assertThat(decoded.precision()).isEqualTo(precision);
      assertThat(decoded.rows()).isEqualTo(rows);
      assertThat(decoded.columns()).isEqualTo(columns);
      for (int i = 0; i < image.samples().length; i++) {
        assertThat(Math.abs(decoded.samples()[i] - image.samples()[i]))
            .as("%s, sample %d", texture, i)
            .isLessThanOrEqualTo(near);
      }
    }
  }

  @Test
  void anImageThatIsTooLargeIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] encoded = JpegLsEncoder.encode(Texture.NOISE.image(8, 1, 8, 8), 0);
    // Lines and columns of the frame header.
    Arrays.fill(encoded, 7, 11, (byte) 0xFF);

    assertThatThrownBy(() -> JpegLsDecoder.decode(encoded, 64))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than expected");
  }

  @Test
  void everyTruncationIsRefusedWithAnIoException() throws IOException {
    byte[] encoded = JpegLsEncoder.encode(Texture.NOISE.image(12, 1, 16, 16), 0);
    for (int length = 0; length < encoded.length - 3; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> JpegLsDecoder.decode(cut, 256)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void damagedBytesEndInAnImageOrAnIoException() throws IOException {
    byte[] encoded = JpegLsEncoder.encode(Texture.FILM.image(12, 3, 24, 24), 2);
    Random random = new Random(4);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = encoded.clone();
      for (int k = 0; k < 1 + i % 5; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        JpegLsDecoder.decode(damaged, 24 * 24 * 3);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  /** What images can look like to a predictor. */
  private enum Texture {
    FLAT {
      @Override
      int sample(int x, int y, int c, int max, Random random) {
        return max / 2;
      }
    },
    NOISE {
      @Override
      int sample(int x, int y, int c, int max, Random random) {
        return random.nextInt(max + 1);
      }
    },
    FILM {
      @Override
      int sample(int x, int y, int c, int max, Random random) {
        double wave = Math.sin(x * 0.2 + c) * Math.cos(y * 0.15);
        return Math.min(max, Math.max(0, (int) ((wave + 1) / 2 * max) + random.nextInt(2)));
      }
    },
    STRIPES {
      @Override
      int sample(int x, int y, int c, int max, Random random) {
        return (x / 9 + y / 5 + c) % 3 == 0 ? max : 0;
      }
    };

    abstract int sample(int x, int y, int c, int max, Random random);

    JpegLsImage image(int precision, int components, int rows, int columns) {
      Random random = new Random(217);
      int[] samples = new int[rows * columns * components];
      for (int i = 0; i < samples.length; i++) {
        int pixel = i / components;
        samples[i] =
            sample(pixel % columns, pixel / columns, i % components, (1 << precision) - 1, random);
      }
      return new JpegLsImage(rows, columns, components, precision, samples);
    }
  }
}
