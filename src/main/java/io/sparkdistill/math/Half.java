package io.sparkdistill.math;

/**
 * IEEE 754 binary16 numbers, which Java 17 has no conversion for: 1 sign, 5 exponent and 10
 * fraction bits, largest finite value 65504. Stateless and thread-safe.
 */
public final class Half {
  private static final int MANTISSA_SHIFT = 13;
  private static final int INFINITY = 0x7c00;

  private Half() {}

  /**
   * The nearest half, ties to even; what is too large becomes infinite, NaN stays NaN.
   *
   * @param value any float
   * @return the 16 bits
   */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 0x47800000) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < 0x38800000) {
      // Subnormal halves are multiples of 2^-24, and the product is exact.
      return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24f));
    }
    int rebiased = magnitude - (112 << 23);
    int roundToEven = ((rebiased >>> MANTISSA_SHIFT) & 1) + 0xfff;
    return (short) (sign | ((rebiased + roundToEven) >>> MANTISSA_SHIFT));
  }

  /**
   * The float of the same value; exact for every half.
   *
   * @param half the 16 bits
   * @return its value
   */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float value = fraction * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    int rebiased = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | (rebiased << 23) | (fraction << MANTISSA_SHIFT));
  }
}
