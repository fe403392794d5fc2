package io.sparkdistill.report;

import io.sparkdistill.config.Spelling;
import io.sparkdistill.text.Numbers;
import io.sparkdistill.tuning.TrialScore;
import io.sparkdistill.tuning.TuningReport;
import io.sparkdistill.tuning.TuningReport.Entry;
import java.util.ArrayList;
import java.util.List;

/** What the command tune compared. */
final class TuningSection {
  private static final int MOST_SHOWN = 10;
  private static final int MOST_LISTED = 500;

  private TuningSection() {}

  static Section of(TuningReport report) {
    List<Chart> charts = new ArrayList<>();
    List<String> keys =
        report.trials().stream()
            .flatMap(entry -> entry.values().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    for (int i = 0; i < keys.size(); i++) {
      new TrialsChart("tuning-" + i, keys.get(i), report).draw().ifPresent(charts::add);
    }
    Table trials = table(report, keys);
    return Section.of(
            "tuning",
            "Other configurations",
            "What tune tried, judged on "
                + Numbers.count(report.rows())
                + " training rows that no trial learned from. In each chart all other keys vary as"
                + " well; lower is better.")
        .withCharts(charts)
        .withTables(List.of(trials.shortened(MOST_SHOWN)))
        .withDetails(
            trials.rows().size() > MOST_SHOWN
                ? List.of(trials.named("All trials").shortened(MOST_LISTED))
                : List.of());
  }

  private static Table table(TuningReport report, List<String> keys) {
    List<String> head = new ArrayList<>(List.of("trial"));
    head.addAll(List.of("epochs", "errors", "NLL", "KL to teacher", "parameters"));
    head.addAll(keys);
    List<Table.Row> rows = new ArrayList<>();
    for (Entry entry : report.trials()) {
      TrialScore score = entry.score();
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.count(entry.epochs()));
      cells.add(score.trained() ? Numbers.count(score.errors()) : "diverged");
      cells.add(Numbers.decimal(score.nll()));
      cells.add(Numbers.decimal(score.kl()));
      cells.add(score.trained() ? Numbers.count(score.parameters()) : "–");
      keys.forEach(key -> cells.add(entry.values().getOrDefault(key, "as configured")));
      String name = entry.values().isEmpty() ? " (as configured)" : "";
      rows.add(Table.Row.of(entry.number() + name, cells));
    }
    return new Table(
        "plain",
        "Trials, the best by " + Spelling.of(report.metric()) + " of the longest trained first",
        head,
        rows);
  }
}
