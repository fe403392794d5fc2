package io.sparkdistill.report;

import io.sparkdistill.evaluation.ClassMetrics;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What the models are worth for each class. */
final class ClassesTable {
  private static final int MOST_CLASSES = 100;

  private ClassesTable() {}

  /** Classes by rising F1 of the student; nothing where it has none. */
  static Optional<Table> of(Metrics metrics) {
    Map<String, ModelMetrics> models = metrics.models();
    List<ClassMetrics> classes = models.get(Metrics.STUDENT).classes();
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    List<String> others =
        models.keySet().stream()
            .filter(name -> !name.equals(Metrics.STUDENT))
            .filter(name -> models.get(name).classes().size() == classes.size())
            .toList();
    List<String> head = new ArrayList<>(List.of("class", "rows", "precision", "recall", "F1"));
    others.forEach(name -> head.add("F1 of " + name));
    List<Table.Row> rows = new ArrayList<>();
    classes.stream()
        .sorted(Comparator.comparingDouble(of -> of.f1() == null ? 2 : of.f1()))
        .forEach(
            of -> {
              List<String> cells = new ArrayList<>();
              cells.add(Numbers.count(of.rows()));
              cells.add(text(of.precision(), Numbers::percent));
              cells.add(text(of.recall(), Numbers::percent));
              cells.add(text(of.f1(), Numbers::decimal));
              int place = classes.indexOf(of);
              for (String name : others) {
                cells.add(text(models.get(name).classes().get(place).f1(), Numbers::decimal));
              }
              rows.add(Table.Row.of(Integer.toString(of.label()), cells));
            });
    return Optional.of(
        new Table("numbers", "The student by class, the worst first", head, rows)
            .shortened(MOST_CLASSES));
  }

  private static String text(Double value, DoubleFunction<String> format) {
    return value == null ? "–" : format.apply(value);
  }
}
