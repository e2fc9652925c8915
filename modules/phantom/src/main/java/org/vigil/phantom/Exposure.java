package org.vigil.phantom;

import java.util.SplittableRandom;

/**
 * Turns attenuation into the stored values of a processed film: scatter, quantum noise, detector
 * blur, compression of the dynamic range and the tone curve.
 */
final class Exposure {
  /** The greatest stored value: 12 bits. */
  static final int MAX = 4095;

  private static final int EXP_STEPS = 512;
  private static final float[] EXP = new float[14 * EXP_STEPS];
  private static final float[] LOG = new float[4097];
  private static final float[] TONE = new float[16 * 256 + 1];
  private static final float LN2 = (float) StrictMath.log(2);

  static {
    for (int i = 0; i < EXP.length; i++) {
      EXP[i] = (float) StrictMath.exp(-i / (double) EXP_STEPS);
    }
    for (int i = 0; i < LOG.length; i++) {
      LOG[i] = (float) StrictMath.log(1 + i / 4096.0);
    }
    for (int i = 0; i < TONE.length; i++) {
      TONE[i] = (float) (1 / (1 + StrictMath.exp(-(i / 256.0 - 8))));
    }
  }

  private final double scatter;
  private final double noise;
  private final double middle;
  private final double spread;
  private final double compress;
  private final double detail;
  private final long noiseSeed;
  private final int[] shutter = new int[4];

  Exposure(long seed) {
    Dice d = new Dice(seed, 6);
    scatter = d.between(0.10, 0.32);
    noise = d.between(0.0016, 0.0042);
    middle = d.about(2.86, 0.16);
    spread = d.about(0.80, 0.08);
    compress = d.between(0.62, 0.84);
    detail = d.between(1.25, 1.7);
    noiseSeed = d.bits();
    if (d.chance(0.3)) {
      for (int i = 0; i < shutter.length; i++) {
        shutter[i] = d.chance(0.6) ? d.below(26) : 0;
      }
    }
  }

  /** The stored values, row by row; {@code attenuation} is used up. */
  short[] expose(Plane attenuation) {
    int n = attenuation.size();
    float[] a = attenuation.values();
    transmit(a);
    float[] s = scattered(attenuation);
    SplittableRandom random = new SplittableRandom(noiseSeed);
    float k = (float) noise;
    float[] above = new float[n];
    for (int y = 0; y < n; y++) {
      float before = 0;
      int at = y * n;
      for (int x = 0; x < n; x++) {
        float intensity = a[at + x] + s[at + x];
        float g = gaussian(random.nextLong());
        float grain = 0.72f * g + 0.36f * (before + above[x]);
        before = g;
        above[x] = g;
        a[at + x] = -log(intensity) + grain * k / (float) Math.sqrt(intensity);
      }
    }
    return develop(attenuation);
  }

  private static void transmit(float[] a) {
    float top = 13.9f;
    for (int i = 0; i < a.length; i++) {
      float v = Math.min(top, Math.max(0, a[i])) * EXP_STEPS;
      int j = (int) v;
      float f = v - j;
      a[i] = j + 1 < EXP.length ? EXP[j] + f * (EXP[j + 1] - EXP[j]) : EXP[EXP.length - 1];
    }
  }

  /** Light that went astray: a part of everything, spread wide, plus a little that never varies. */
  private float[] scattered(Plane intensity) {
    Plane coarse = intensity.halved().halved().halved();
    float[] c = coarse.values();
    for (int i = 0; i < c.length; i++) {
      // Scatter comes from the body, not from the open beam beside it.
      c[i] = Math.min(c[i], 0.16f);
    }
    coarse.blur(9, 2);
    float q = (float) scatter;
    for (int i = 0; i < c.length; i++) {
      c[i] = c[i] * q + 0.0006f;
    }
    return coarse.doubled().doubled().doubled().values();
  }

  private short[] develop(Plane film) {
    int n = film.size();
    Plane coarse = film.halved().halved().halved().blur(6, 2);
    float[] base = coarse.doubled().doubled().doubled().values();
    float[] v = film.values();
    short[] out = new short[n * n];
    float c = (float) compress;
    float d = (float) detail;
    float pivot = 2.9f;
    float mid = (float) middle;
    float inv = (float) (1 / spread);
    for (int y = 0; y < n; y++) {
      boolean shutRow = y < shutter[0] || y >= n - shutter[1];
      for (int x = 0; x < n; x++) {
        int i = y * n + x;
        if (shutRow || x < shutter[2] || x >= n - shutter[3]) {
          out[i] = 0;
          continue;
        }
        float low = pivot + (base[i] - pivot) * c;
        float value = low + (v[i] - base[i]) * d;
        out[i] = (short) (tone((value - mid) * inv) * MAX + 0.5f);
      }
    }
    return out;
  }

  private static float tone(float t) {
    float v = (Math.max(-7.99f, Math.min(7.99f, t)) + 8) * 256;
    int j = (int) v;
    float f = v - j;
    return TONE[j] + f * (TONE[j + 1] - TONE[j]);
  }

  /** Natural logarithm of a positive float, by table. */
  private static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int e = (bits >>> 23) - 127;
    int m = bits & 0x7fffff;
    int j = m >>> 11;
    float f = (m & 0x7ff) * (1f / 2048f);
    return e * LN2 + LOG[j] + f * (LOG[j + 1] - LOG[j]);
  }

  /** About normally distributed: the sum of four 16-bit uniforms, scaled to variance 1. */
  private static float gaussian(long bits) {
    long sum =
        (bits & 0xffff) + ((bits >>> 16) & 0xffff) + ((bits >>> 32) & 0xffff) + (bits >>> 48);
    return (sum - 131070f) * (1f / 37837.2f);
  }
}
