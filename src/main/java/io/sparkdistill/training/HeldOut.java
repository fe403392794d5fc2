package io.sparkdistill.training;

import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * Which rows are held out: those whose id's hash is low. What else is in the data set has no say,
 * so that a row which is held out today is tomorrow, too.
 *
 * @param fraction of all ids, about
 */
record HeldOut(double fraction) implements Serializable {
  private static final double UNIT = 0x1p-53;

  boolean holds(SoftTarget row) {
    // Another hash than that by which rows go to workers, or these would get unequal shares.
    long hash = 0;
    for (int i = 0; i < row.id().length(); i++) {
      hash = EpochOrder.mixed(hash + row.id().charAt(i) + 1);
    }
    return (EpochOrder.mixed(hash) >>> 11) * UNIT < fraction;
  }
}
