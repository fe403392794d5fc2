package io.sparkdistill.training;

import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * Which rows are held out: those whose id's hash is low. What else is in the data set has no say,
 * so that a row which is held out today is tomorrow, too.
 *
 * @param fraction of all ids, about
 * @param purpose any number; rows of different purposes are chosen independently
 */
public record HeldOut(double fraction, long purpose) implements Serializable {
  private static final double UNIT = 0x1p-53;
  private static final long VALIDATION = 0;
  private static final long TUNING = 1;
  private static final long TEMPERATURES = 2;

  HeldOut(double fraction) {
    this(fraction, VALIDATION);
  }

  /**
   * To compare students that were trained differently. Each of them may hold out others of the
   * rest, to choose the best of its own epochs.
   *
   * @param fraction of all ids, about
   * @return other rows than validation holds out, but for chance
   */
  public static HeldOut forTuning(double fraction) {
    return new HeldOut(fraction, TUNING);
  }

  /**
   * To choose a temperature for a model on one half of the test rows and to judge it on the other
   * one.
   *
   * @return half of all rows, about
   */
  public static HeldOut forTemperatures() {
    return new HeldOut(0.5, TEMPERATURES);
  }

  /**
   * Whether a row is among them.
   *
   * @param row any; only its id counts
   * @return the same each time
   */
  public boolean holds(SoftTarget row) {
    // Another hash than that by which rows go to workers, or these would get unequal shares.
    long hash = EpochOrder.mixed(purpose);
    for (int i = 0; i < row.id().length(); i++) {
      hash = EpochOrder.mixed(hash + row.id().charAt(i) + 1);
    }
    return (EpochOrder.mixed(hash) >>> 11) * UNIT < fraction;
  }
}
