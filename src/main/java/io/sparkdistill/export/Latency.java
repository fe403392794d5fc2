package io.sparkdistill.export;

import java.util.Arrays;
import java.util.List;

/**
 * How long a model takes for a batch.
 *
 * @param rows of the batch
 * @param p50 the median, in microseconds
 * @param p99 what 99 of 100 runs do not exceed, in microseconds
 * @param runs that were timed
 */
public record Latency(int rows, double p50, double p99, int runs) {
  /** Of times in nanoseconds, at least one. */
  static Latency of(int rows, List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Latency(rows, micros(sorted, 0.5), micros(sorted, 0.99), sorted.length);
  }

  /** The nearest rank, rounded to tenths of a microsecond. */
  private static double micros(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return Math.round(sorted[rank] / 100.0) / 10.0;
  }
}
