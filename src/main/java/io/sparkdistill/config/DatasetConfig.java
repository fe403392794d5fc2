package io.sparkdistill.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A labelled data set in two parts of the same columns.
 *
 * @param train what the student learns from
 * @param test what models are judged on
 * @param id column of row names
 * @param features column of inputs
 * @param label column of right answers
 * @param classes number of classes, C
 * @param unlabelled what becomes of training rows without a label
 * @param weight column of how much training rows count; none where all count alike
 */
public record DatasetConfig(
    SourceConfig train,
    SourceConfig test,
    String id,
    String features,
    String label,
    int classes,
    Unlabelled unlabelled,
    Optional<String> weight) {
  /** What becomes of training rows without a label. */
  public enum Unlabelled {
    /** They are bad rows. */
    REFUSE,
    /** The student learns what the teacher says of them. */
    TEACHER_ALONE
  }

  /**
   * A data set whose rows all have a label and count alike.
   *
   * @param train what the student learns from
   * @param test what models are judged on
   * @param id column of row names
   * @param features column of inputs
   * @param label column of right answers
   * @param classes number of classes, C
   */
  public DatasetConfig(
      SourceConfig train,
      SourceConfig test,
      String id,
      String features,
      String label,
      int classes) {
    this(train, test, id, features, label, classes, Unlabelled.REFUSE, Optional.empty());
  }

  /**
   * The same rows as somebody sees them who reads other inputs.
   *
   * @param column of these inputs
   * @return a copy
   */
  public DatasetConfig seenBy(String column) {
    return new DatasetConfig(train, test, id, column, label, classes, unlabelled, weight);
  }

  /**
   * The same columns for rows by which models are judged.
   *
   * @return a copy in which every row must have a label, and all count alike
   */
  public DatasetConfig judged() {
    return new DatasetConfig(train, test, id, features, label, classes);
  }

  /**
   * Whether rows may lack a label.
   *
   * @return false where such rows are bad
   */
  public boolean hasUnlabelled() {
    return unlabelled == Unlabelled.TEACHER_ALONE;
  }

  /**
   * What makes other rows of the same columns, beside these. Without it there is nothing, so that
   * caches stay what they are that were made before these keys were there.
   *
   * @return values by key
   */
  public Map<String, String> differences() {
    Map<String, String> differences = new TreeMap<>();
    if (hasUnlabelled()) {
      differences.put("unlabelled", Spelling.of(unlabelled));
    }
    weight.ifPresent(column -> differences.put("weight", column));
    return differences;
  }
}
