package io.sparkdistill.softtargets;

import io.sparkdistill.math.SplitMix64;
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
  private static final long TRANSFER_SET = 3;

  /**
   * To compare the epochs of one student.
   *
   * @param fraction of all ids, about
   * @return the rows that do not train it
   */
  public static HeldOut forValidation(double fraction) {
    return new HeldOut(fraction, VALIDATION);
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
   * For a student to learn from, while all others are left out.
   *
   * @param fraction of all ids, about
   * @return other rows than validation and tuning hold out, but for chance
   */
  public static HeldOut forTransferSet(double fraction) {
    return new HeldOut(fraction, TRANSFER_SET);
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
    return holds(row.id());
  }

  /**
   * Whether rows of an id are among them.
   *
   * @param id any
   * @return the same each time
   */
  public boolean holds(String id) {
    if (fraction == 0) {
      return false;
    }
    // Another hash than that by which rows go to workers, or these would get unequal shares.
    long hash = SplitMix64.mixed(purpose);
    for (int i = 0; i < id.length(); i++) {
      hash = SplitMix64.mixed(hash + id.charAt(i) + 1);
    }
    return (SplitMix64.mixed(hash) >>> 11) * UNIT < fraction;
  }
}
