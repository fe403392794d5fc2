package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import java.util.List;

/** What marks of the models look like: classes of the style sheet. Stateless and thread-safe. */
final class Kinds {
  static final String OTHER = "other";
  private static final List<String> MAIN =
      List.of(Metrics.TEACHER, Metrics.STUDENT, Metrics.BASELINE, Metrics.INCUMBENT);
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

  /** Whether it is one of those that a verdict is about; others are smaller forms of them. */
  static boolean isMain(String model) {
    return MAIN.contains(model);
  }

  /** The class of a model of this name. */
  static String of(String model) {
    return KNOWN.contains(model) ? model : OTHER;
  }
}
