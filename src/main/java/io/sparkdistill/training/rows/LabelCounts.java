package io.sparkdistill.training.rows;

import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * How many rows have which label.
 *
 * @param byClass C numbers
 * @param unlabelled rows without one
 */
public record LabelCounts(List<Long> byClass, long unlabelled) {
  /** Copies the list. */
  public LabelCounts {
    byClass = List.copyOf(byClass);
  }

  /**
   * Counts, in one Spark job.
   *
   * @param rows whose labels are 0 to classes - 1
   * @param classes C
   * @return of all rows
   */
  public static LabelCounts of(JavaRDD<SoftTarget> rows, int classes) {
    long[] counts =
        rows.aggregate(
            new long[classes + 1],
            (sum, row) -> {
              sum[row.isLabelled() ? row.label() : classes]++;
              return sum;
            },
            (sum, other) -> {
              Arrays.setAll(sum, i -> sum[i] + other[i]);
              return sum;
            });
    List<Long> byClass = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      byClass.add(counts[i]);
    }
    return new LabelCounts(byClass, counts[classes]);
  }

  /**
   * Rows with a label.
   *
   * @return 0 or more
   */
  public long labelled() {
    return byClass.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * All rows.
   *
   * @return 0 or more
   */
  public long rows() {
    return labelled() + unlabelled;
  }

  /**
   * Weights with which all classes count alike, and a label counts 1 on average.
   *
   * @return labels / (C labels of the class) for each class; 0 for one without any
   */
  public List<Double> balanced() {
    double share = (double) labelled() / byClass.size();
    return byClass.stream().map(count -> count == 0 ? 0 : share / count).toList();
  }
}
