package io.sparkdistill.bench;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What was measured and fitted, as Markdown. */
final class ScaleReport {
  /** Rounds have nine times as much time for steps as for averaging. */
  private static final double STEPS_OVER_AVERAGING = 9;

  private static final List<Integer> EXECUTORS = List.of(1, 2, 4, 8, 64, 512);

  private ScaleReport() {}

  static String measuredHead() {
    return "| parameters | executors | averaging, ms | a step, ms | MB a round |\n"
        + "|---:|---:|---:|---:|---:|";
  }

  static String measured(ScalePoint point) {
    return String.format(
        Locale.ROOT,
        "| %,d | %d | %.1f | %.1f | %.1f |",
        point.parameters(),
        point.executors(),
        point.averaging() * 1e3,
        point.step() * 1e3,
        point.bytes() / 1e6);
  }

  static String extrapolated(ScaleModel model, List<ScalePoint> points) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Fitted: %.3g ms a stage, %.3g ms a task, %.3g ns a parameter, %.3g ns a parameter and"
                + " state in a row, %.1f bytes a parameter and state; off by at most %.0f %%.%n%n",
            model.perStage() * 1e3,
            model.perTask() * 1e3,
            model.perParameter() * 1e9,
            model.perSum() * 1e9,
            model.bytesPerState(),
            model.worst() * 100));
    text.append("| parameters | executors | averaging, ms | MB a round | batches a round |\n");
    text.append("|---:|---:|---:|---:|---:|\n");
    // The step of one executor: more of them share this machine's cores.
    TreeMap<Integer, Double> steps = new TreeMap<>();
    points.stream()
        .filter(point -> point.executors() == 1)
        .forEach(point -> steps.put(point.parameters(), point.step()));
    steps.forEach(
        (parameters, step) -> {
          for (int executors : EXECUTORS) {
            double averaging = model.seconds(parameters, executors);
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %,d | %d | %.0f | %,.1f | %,.0f |%n",
                    parameters,
                    executors,
                    averaging * 1e3,
                    model.bytes(parameters, executors) / 1e6,
                    Math.ceil(STEPS_OVER_AVERAGING * averaging / step)));
          }
        });
    return text.toString();
  }
}
