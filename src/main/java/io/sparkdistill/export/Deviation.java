package io.sparkdistill.export;

import io.sparkdistill.math.Distributions;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How far a student's answers in another runtime are from those that it gives here; of parts of the
 * rows it adds up.
 *
 * @param rows that were asked about
 * @param largest absolute difference of two logits
 * @param beyond logits that differ by more than {@value #TOLERANCE}, or by more than that part of
 *     the row's largest where one is above 1: rounding goes with what is summed, also where the sum
 *     is small
 * @param otherClasses rows with another largest class, though the two largest are further apart
 *     than such differences explain
 */
public record Deviation(long rows, double largest, long beyond, long otherClasses)
    implements Serializable {
  /** What rounding in another order may change. */
  public static final double TOLERANCE = 1e-4;

  /**
   * Of no rows.
   *
   * @return zeros
   */
  public static Deviation none() {
    return new Deviation(0, 0, 0, 0);
  }

  /**
   * Of some rows.
   *
   * @param expected rows times classes logits, row by row
   * @param found likewise
   * @param rows at least 1
   * @return their deviation
   */
  public static Deviation of(float[] expected, float[] found, int rows) {
    int classes = expected.length / rows;
    double largest = 0;
    long beyond = 0;
    long others = 0;
    for (int row = 0; row < rows; row++) {
      float[] here = Arrays.copyOfRange(expected, row * classes, (row + 1) * classes);
      float[] there = Arrays.copyOfRange(found, row * classes, (row + 1) * classes);
      double tolerance = TOLERANCE * scale(here);
      for (int i = 0; i < classes; i++) {
        double difference = Math.abs((double) here[i] - there[i]);
        // A number that is none is the largest difference of all.
        largest =
            Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        beyond += difference <= tolerance ? 0 : 1;
      }
      int best = Distributions.argMax(here);
      double lead = here[best] - here[Distributions.argMax(there)];
      others += lead > 2 * tolerance ? 1 : 0;
    }
    return new Deviation(rows, largest, beyond, others);
  }

  private static double scale(float[] logits) {
    double scale = 1;
    for (float logit : logits) {
      scale = Math.max(scale, Math.abs(logit));
    }
    return scale;
  }

  /**
   * Of both together.
   *
   * @param other of other rows
   * @return their sum
   */
  public Deviation plus(Deviation other) {
    return new Deviation(
        rows + other.rows,
        Math.max(largest, other.largest),
        beyond + other.beyond,
        otherClasses + other.otherClasses);
  }

  /**
   * Whether both give the same but for rounding.
   *
   * @return false where a file must not be published
   */
  public boolean isRounding() {
    return beyond == 0 && otherClasses == 0;
  }
}
