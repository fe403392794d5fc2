package io.sparkdistill.report;

import io.sparkdistill.tuning.TrialScore;
import io.sparkdistill.tuning.TuningReport;
import io.sparkdistill.tuning.TuningReport.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the command tune compared. */
final class TuningSection {
  private static final int MOST_TRIALS = 30;

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
    return Section.of(
            "tuning",
            "Other configurations",
            "What tune tried, judged on "
                + Numbers.count(report.rows())
                + " training rows that no trial learned from. In each chart all other keys vary as"
                + " well; lower is better.")
        .withCharts(charts)
        .withTables(List.of(table(report)));
  }

  private static Table table(TuningReport report) {
    List<Table.Row> rows = new ArrayList<>();
    for (Entry entry : report.trials()) {
      TrialScore score = entry.score();
      rows.add(
          Table.Row.of(
              values(entry),
              List.of(
                  Numbers.count(entry.epochs()),
                  score.trained() ? Numbers.count(score.errors()) : "diverged",
                  score.trained() ? Numbers.decimal(score.nll()) : "–",
                  score.trained() ? Numbers.decimal(score.kl()) : "–",
                  score.trained() ? Numbers.count(score.parameters()) : "–")));
    }
    return new Table(
            "plain",
            "Trials, the best by "
                + report.metric().name().toLowerCase(Locale.ROOT)
                + " of the longest trained first",
            List.of("configuration", "epochs", "errors", "NLL", "KL to teacher", "parameters"),
            rows)
        .shortened(MOST_TRIALS);
  }

  private static String values(Entry entry) {
    return entry.values().isEmpty()
        ? "as configured"
        : entry.values().entrySet().stream()
            .map(value -> value.getKey() + " = " + value.getValue())
            .collect(Collectors.joining(", "));
  }
}
