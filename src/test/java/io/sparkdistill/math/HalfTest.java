package io.sparkdistill.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Conversions against the definition of binary16 in exact arithmetic. */
class HalfTest {
  private static final int LARGEST = 0x7bff;
  private static final int INFINITY = 0x7c00;

  @Example
  void everyHalfComesBackFromItsFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = Half.toFloat((short) bits);
      boolean nan = (bits & 0x7fff) > INFINITY;
      assertThat(Float.isNaN(value)).isEqualTo(nan);
      if (nan) {
        assertThat(Half.fromFloat(value) & 0x7fff).isGreaterThan(INFINITY);
      } else {
        assertThat(Half.fromFloat(value)).isEqualTo((short) bits);
      }
    }
  }

  @Example
  void everyFiniteHalfHasTheValueOfItsDefinition() {
    for (int bits = 0; bits <= LARGEST; bits++) {
      assertThat(new BigDecimal(Half.toFloat((short) bits))).isEqualByComparingTo(value(bits));
      assertThat(new BigDecimal(Half.toFloat((short) (bits | 0x8000))))
          .isEqualByComparingTo(value(bits).negate());
    }
  }

  @Example
  void tiesGoToTheEvenNeighbourAndWhatIsNearATieToTheNearer() {
    for (int bits = 0; bits <= LARGEST; bits++) {
      float tie = value(bits).add(value(bits + 1)).divide(BigDecimal.valueOf(2)).floatValue();
      assertThat(Half.fromFloat(tie)).isEqualTo((short) (bits + (bits & 1)));
      assertThat(Half.fromFloat(Math.nextDown(tie))).isEqualTo((short) bits);
      assertThat(Half.fromFloat(Math.nextUp(tie))).isEqualTo((short) (bits + 1));
    }
  }

  @Property(seed = "1", tries = 5000)
  void anyFloatGoesToTheNearestHalf(@ForAll int bits) {
    isNearest(Float.intBitsToFloat(bits));
  }

  @Property(seed = "2", tries = 5000)
  void floatsInTheRangeOfHalvesGoToTheNearest(
      @ForAll @IntRange(min = -27, max = 16) int exponent,
      @ForAll @IntRange(max = 0x7fffff) int fraction,
      @ForAll boolean negative) {
    float magnitude = Float.intBitsToFloat((exponent + 127) << 23 | fraction);
    isNearest(negative ? -magnitude : magnitude);
  }

  @Example
  void infinitiesAndZerosKeepTheirSigns() {
    assertThat(Half.fromFloat(Float.POSITIVE_INFINITY)).isEqualTo((short) INFINITY);
    assertThat(Half.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) (INFINITY | 0x8000));
    assertThat(Half.fromFloat(0f)).isEqualTo((short) 0);
    assertThat(Half.fromFloat(-0f)).isEqualTo((short) 0x8000);
    assertThat(Half.toFloat((short) 0x8000)).isEqualTo(-0f);
  }

  private static void isNearest(float value) {
    short half = Half.fromFloat(value);
    if (Float.isNaN(value)) {
      assertThat(half & 0x7fff).isGreaterThan(INFINITY);
      return;
    }
    int sign = Float.floatToRawIntBits(value) >>> 31;
    assertThat((half & 0xffff) >>> 15).isEqualTo(sign);
    assertThat(half & 0x7fff).isEqualTo(nearest(Math.abs(value)));
  }

  /** By bisection over the finite halves and 65536, which stands for infinity. */
  private static int nearest(float magnitude) {
    if (magnitude >= 65536) {
      return INFINITY;
    }
    BigDecimal exact = new BigDecimal(magnitude);
    int low = 0;
    int high = INFINITY;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (value(middle).compareTo(exact) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    int nearer = exact.subtract(value(low)).compareTo(value(high).subtract(exact));
    return nearer < 0 || (nearer == 0 && low % 2 == 0) ? low : high;
  }

  private static BigDecimal value(int bits) {
    int exponent = bits >>> 10;
    int fraction = bits & 0x3ff;
    return exponent == 0
        ? BigDecimal.valueOf(fraction).multiply(power(-24))
        : BigDecimal.valueOf(1024 + fraction).multiply(power(exponent - 25));
  }

  private static BigDecimal power(int exponent) {
    BigDecimal two = BigDecimal.valueOf(2);
    return exponent >= 0 ? two.pow(exponent) : BigDecimal.ONE.divide(two.pow(-exponent));
  }
}
