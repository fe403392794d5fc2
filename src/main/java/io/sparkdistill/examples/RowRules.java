package io.sparkdistill.examples;

import io.sparkdistill.config.DatasetConfig;
import java.io.Serializable;

/**
 * What rows may lack and may have beside the rest.
 *
 * @param unlabelled whether the label may be null
 * @param weighted whether there is a weight
 */
public record RowRules(boolean unlabelled, boolean weighted) implements Serializable {
  /**
   * Rules for rows that have a label and count alike.
   *
   * @return the usual ones
   */
  public static RowRules usual() {
    return new RowRules(false, false);
  }

  /**
   * Rules for the rows of a data set.
   *
   * @param dataset what was configured of it
   * @return its rules
   */
  public static RowRules of(DatasetConfig dataset) {
    return new RowRules(dataset.hasUnlabelled(), dataset.weight().isPresent());
  }
}
