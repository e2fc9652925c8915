package org.vigil.dicom.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteOrder;

/** Numbers to and from the little-endian bytes of binary VRs, and to decimal strings. */
final class NumberCodec {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private NumberCodec() {}

  /** How many numbers the bytes hold. */
  static int count(VR vr, byte[] bytes) {
    return bytes.length / size(vr);
  }

  private static int size(VR vr) {
    return vr == VR.AT ? 4 : vr.unit();
  }

  static long toLong(VR vr, byte[] b, int index) {
    return switch (vr) {
      case OB, UN -> b[index] & 0xFF;
      case US, OW -> (short) SHORTS.get(b, index * 2) & 0xFFFF;
      case SS -> (short) SHORTS.get(b, index * 2);
      case UL, OL -> (int) INTS.get(b, index * 4) & 0xFFFFFFFFL;
      case SL -> (int) INTS.get(b, index * 4);
      case SV, UV, OV -> (long) LONGS.get(b, index * 8);
      case AT ->
          ((long) ((short) SHORTS.get(b, index * 4) & 0xFFFF) << 16)
              | ((short) SHORTS.get(b, index * 4 + 2) & 0xFFFF);
      default -> (long) toDouble(vr, b, index);
    };
  }

  static double toDouble(VR vr, byte[] b, int index) {
    return switch (vr) {
      case FL, OF -> Float.intBitsToFloat((int) INTS.get(b, index * 4));
      case FD, OD -> Double.longBitsToDouble((long) LONGS.get(b, index * 8));
      default -> toLong(vr, b, index);
    };
  }

  static byte[] ofLongs(VR vr, long[] values) {
    byte[] b = new byte[values.length * size(vr)];
    for (int i = 0; i < values.length; i++) {
      long v = values[i];
      switch (vr) {
        case OB, UN -> b[i] = (byte) v;
        case US, SS, OW -> SHORTS.set(b, i * 2, (short) v);
        case UL, SL, OL -> INTS.set(b, i * 4, (int) v);
        case SV, UV, OV -> LONGS.set(b, i * 8, v);
        case FL, OF -> INTS.set(b, i * 4, Float.floatToRawIntBits(v));
        case FD, OD -> LONGS.set(b, i * 8, Double.doubleToRawLongBits(v));
        case AT -> {
          SHORTS.set(b, i * 4, (short) (v >>> 16));
          SHORTS.set(b, i * 4 + 2, (short) v);
        }
        default -> throw new IllegalArgumentException(vr + " holds no binary integers");
      }
    }
    return b;
  }

  static byte[] ofDoubles(VR vr, double[] values) {
    byte[] b = new byte[values.length * vr.unit()];
    for (int i = 0; i < values.length; i++) {
      switch (vr) {
        case FL, OF -> INTS.set(b, i * 4, Float.floatToRawIntBits((float) values[i]));
        case FD, OD -> LONGS.set(b, i * 8, Double.doubleToRawLongBits(values[i]));
        default -> throw new IllegalArgumentException(vr + " holds no floating point numbers");
      }
    }
    return b;
  }

  /**
   * A decimal string of at most 16 characters (PS3.5 §6.2, DS) with as many digits as fit.
   *
   * @throws IllegalArgumentException if the number is not finite
   */
  static String toDecimalString(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("A decimal string (DS) must be a finite number");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value));
    for (int digits = 17; digits > 1; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
      String plain = rounded.toPlainString();
      if (plain.length() <= 16) {
        return plain;
      }
      String scientific = rounded.toString();
      if (scientific.length() <= 16) {
        return scientific;
      }
    }
    return exact.round(new MathContext(1)).toString();
  }
}
