package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which classes are taken for which. */
final class ErrorsSection {
  /** Classes of a matrix that a page can show. */
  private static final int MOST_CLASSES = 20;

  private ErrorsSection() {}

  static Optional<Section> of(Metrics metrics) {
    List<Table> matrices = new ArrayList<>();
    List<Table> pairs = new ArrayList<>();
    for (Map.Entry<String, ModelMetrics> model : metrics.models().entrySet()) {
      ConfusionMatrix matrix = new ConfusionMatrix(model.getKey(), model.getValue().confusion());
      if (matrix.isDrawn(MOST_CLASSES)) {
        matrices.add(matrix.table());
      } else if (matrix.isKnown()) {
        pairs.add(matrix.pairs());
      }
    }
    List<Table> classes = ClassesTable.of(metrics).stream().toList();
    return matrices.isEmpty() && pairs.isEmpty() && classes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of(
                    "errors",
                    "Where it goes wrong",
                    "Rows of the test set by their label, and by the class that the model names."
                        + " What is off the diagonal is an error; the stronger its colour, the more of them.")
                .withBeside(matrices)
                .withTables(pairs)
                .withDetails(classes));
  }
}
