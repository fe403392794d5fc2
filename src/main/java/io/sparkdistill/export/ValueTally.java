package io.sparkdistill.export;

/**
 * Which values a tensor takes on the rows of a calibration. Rows are shown twice: first for the
 * widest range, then for how often values lie where in it. Not thread-safe.
 */
final class ValueTally {
  private static final int BINS = 4096;

  private final long[] bins = new long[BINS];
  private float least;
  private float most;
  private long count;

  /** The first time. */
  void widen(float[] values) {
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  /** The second time. */
  void count(float[] values) {
    for (float value : values) {
      bins[bin(value)]++;
    }
    count += values.length;
  }

  private int bin(float value) {
    return (int) Math.min(BINS - 1, (double) (value - least) / (most - least) * BINS);
  }

  /**
   * The range without its ends.
   *
   * @param kept the share of values that it must hold: above 0.5, at most 1
   */
  ValueRange range(double kept) {
    long spare = (long) ((1 - kept) / 2 * count);
    int first = 0;
    for (long seen = bins[first]; seen <= spare && first < BINS - 1; seen += bins[first]) {
      first++;
    }
    int last = BINS - 1;
    for (long seen = bins[last]; seen <= spare && last > first; seen += bins[last]) {
      last--;
    }
    double width = ((double) most - least) / BINS;
    return new ValueRange(
        spare == 0 ? least : (float) (least + first * width),
        spare == 0 ? most : (float) (least + (last + 1) * width));
  }
}
