package io.sparkdistill.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How often a model names which class for which label; tallies of parts add up. It holds the pairs
 * that were seen, of at most {@value #MOST_CLASSES} classes; with more it stays empty. Not
 * thread-safe.
 */
final class ClassTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CLASSES = 1000;
  private static final int MOST_OF_MATRIX = 100;

  private final HashMap<Integer, Long> pairs = new HashMap<>();
  private int classes;

  void add(Answer answer, int label) {
    classes = answer.logits().length;
    if (classes <= MOST_CLASSES) {
      pairs.merge(label * classes + answer.predicted(), 1L, Long::sum);
    }
  }

  void addAll(ClassTally other) {
    classes = Math.max(classes, other.classes);
    other.pairs.forEach((pair, rows) -> pairs.merge(pair, rows, Long::sum));
  }

  /** Each class; empty if there are too many. */
  List<ClassMetrics> metrics() {
    int count = classes <= MOST_CLASSES ? classes : 0;
    long[] rows = new long[count];
    long[] predicted = new long[count];
    long[] right = new long[count];
    for (Map.Entry<Integer, Long> pair : pairs.entrySet()) {
      int label = pair.getKey() / classes;
      int named = pair.getKey() % classes;
      rows[label] += pair.getValue();
      predicted[named] += pair.getValue();
      right[label] += label == named ? pair.getValue() : 0;
    }
    List<ClassMetrics> metrics = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      metrics.add(ClassMetrics.of(c, rows[c], predicted[c], right[c]));
    }
    return metrics;
  }

  /** Mean F1 of the classes that have one. */
  static OptionalDouble macroF1(List<ClassMetrics> metrics) {
    return metrics.stream()
        .map(ClassMetrics::f1)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average();
  }

  /** Rows by label, then by the class that is named; empty if there are too many classes. */
  List<List<Long>> matrix() {
    List<List<Long>> matrix = new ArrayList<>();
    for (int label = 0; classes <= MOST_OF_MATRIX && label < classes; label++) {
      List<Long> row = new ArrayList<>();
      for (int named = 0; named < classes; named++) {
        row.add(pairs.getOrDefault(label * classes + named, 0L));
      }
      matrix.add(row);
    }
    return matrix;
  }
}
