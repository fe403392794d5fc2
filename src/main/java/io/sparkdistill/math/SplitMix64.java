package io.sparkdistill.math;

/**
 * Random numbers that stay the same in every version of Java: Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators" (2014), with the golden ratio as its increment. Not
 * thread-safe.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /**
   * Begins a sequence.
   *
   * @param seed any; equal ones give equal sequences
   */
  public SplitMix64(long seed) {
    state = seed;
  }

  /**
   * The next number.
   *
   * @return all 64 bits are random
   */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /**
   * Spreads neighbouring numbers apart: Stafford's mixer 13, with which each number of a sequence
   * ends.
   *
   * @param value any, such as a seed
   * @return another one for each
   */
  public static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * The next number of an interval.
   *
   * @return uniform, 0 to below 1, a multiple of 2^-53
   */
  public double nextUnit() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * The next normally distributed number, by the method of Box and Muller, "A Note on the
   * Generation of Random Normal Deviates" (1958).
   *
   * @return mean 0, variance 1
   */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextUnit()));
    return radius * StrictMath.cos(2 * Math.PI * nextUnit());
  }
}
