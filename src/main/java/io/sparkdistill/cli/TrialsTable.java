package io.sparkdistill.cli;

import io.sparkdistill.tuning.TuningReport;
import java.util.Locale;
import java.util.stream.Collectors;

/** Trials as a small table for people. */
final class TrialsTable {
  private TrialsTable() {}

  static String render(TuningReport report, int most) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%6s %7s %8s %8s %8s %12s  %s%n",
            "trial",
            "epochs",
            "errors",
            "nll",
            "kl",
            "parameters",
            "values"));
    report.trials().stream().limit(most).forEach(entry -> text.append(row(entry)));
    int hidden = report.trials().size() - most;
    if (hidden > 0) {
      text.append(String.format(Locale.ROOT, "%6s %,d more in trials.json%n", "and", hidden));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "on %,d training rows that none of them learned from%n%n",
                report.rows()))
        .toString();
  }

  private static String row(TuningReport.Entry entry) {
    String values =
        entry.values().isEmpty()
            ? "as configured"
            : entry.values().entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    if (!entry.score().trained()) {
      return String.format(
          Locale.ROOT,
          "%6d %7d %8s %8s %8s %12s  %s%n",
          entry.number(),
          entry.epochs(),
          "diverged",
          "",
          "",
          "",
          values);
    }
    return String.format(
        Locale.ROOT,
        "%6d %7d %,8d %8.4f %8s %,12d  %s%n",
        entry.number(),
        entry.epochs(),
        entry.score().errors(),
        entry.score().nll(),
        Double.isNaN(entry.score().kl())
            ? "–"
            : String.format(Locale.ROOT, "%.4f", entry.score().kl()),
        entry.score().parameters(),
        values);
  }
}
