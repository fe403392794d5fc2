package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import java.util.List;

/** What marks of the models look like: classes of the style sheet. Stateless and thread-safe. */
final class Kinds {
  static final String OTHER = "other";
  private static final String INT8 = "-int8";
  private static final List<String> KNOWN =
      List.of(
          Metrics.TEACHER,
          Metrics.STUDENT,
          Metrics.BASELINE,
          Metrics.PRUNED,
          Metrics.STUDENT + INT8,
          Metrics.PRUNED + INT8,
          Metrics.INCUMBENT);

  private Kinds() {}

  /** The class of a model of this name. */
  static String of(String model) {
    return KNOWN.contains(model) ? model : OTHER;
  }
}
