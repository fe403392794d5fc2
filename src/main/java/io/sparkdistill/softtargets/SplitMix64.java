package io.sparkdistill.softtargets;

/**
 * Random numbers that stay the same in every version of Java: Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators" (2014), with the golden ratio as its increment. Not
 * thread-safe.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform, 0 to below 1, a multiple of 2^-53. */
  double nextUnit() {
    return (nextLong() >>> 11) * 0x1p-53;
  }
}
