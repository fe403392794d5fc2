package io.sparkdistill.report;

import io.sparkdistill.evaluation.ModelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models beside one another, a measure a row. */
final class ModelsTable {
  private static final String NONE = "–";

  private ModelsTable() {}

  /** A table; measures that no model has are left out. */
  static Table of(
      String kind, String caption, Map<String, ModelMetrics> models, List<Measure> measures) {
    List<String> head = new ArrayList<>(List.of("measure"));
    head.addAll(models.keySet());
    List<Table.Row> rows = new ArrayList<>();
    for (Measure measure : measures) {
      List<Table.Cell> cells = new ArrayList<>();
      models.forEach(
          (name, model) ->
              cells.add(new Table.Cell(measure.text().apply(model).orElse(NONE), Kinds.of(name))));
      if (models.values().stream().map(measure.text()).anyMatch(Optional::isPresent)) {
        rows.add(new Table.Row(measure.name(), cells));
      }
    }
    return new Table(kind, caption, head, rows);
  }
}
