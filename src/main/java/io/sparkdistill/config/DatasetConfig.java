package io.sparkdistill.config;

/**
 * A labelled data set in two parts of the same columns.
 *
 * @param train what the student learns from
 * @param test what models are judged on
 * @param id column of row names
 * @param features column of inputs
 * @param label column of right answers
 * @param classes number of classes, C
 */
public record DatasetConfig(
    SourceConfig train, SourceConfig test, String id, String features, String label, int classes) {
  /**
   * The same rows as somebody sees them who reads other inputs.
   *
   * @param column of these inputs
   * @return a copy
   */
  public DatasetConfig seenBy(String column) {
    return new DatasetConfig(train, test, id, column, label, classes);
  }
}
