package io.sparkdistill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Seconds and bytes that a round's averaging takes: a sum of what each stage costs, each task, each
 * parameter, and each parameter of each state that is added to another one after the other. States
 * are added in groups of eight, level by level, and in one group up to eight.
 *
 * @param perStage seconds
 * @param perTask seconds
 * @param perParameter seconds
 * @param perSum seconds for each parameter and each state in a row
 * @param bytesPerState for each parameter, executor and each time that its state travels
 * @param worst largest difference from what was measured, of what was measured
 */
record ScaleModel(
    double perStage,
    double perTask,
    double perParameter,
    double perSum,
    double bytesPerState,
    double worst) {
  private static final int FAN_IN = 8;

  static ScaleModel fit(List<ScalePoint> points) {
    double[] best = leastSquares(points);
    ScaleModel model = new ScaleModel(best[0], best[1], best[2], best[3], bytesPerState(points), 0);
    double worst =
        points.stream()
            .mapToDouble(
                point ->
                    Math.abs(
                        model.seconds(point.parameters(), point.executors()) / point.averaging()
                            - 1))
            .max()
            .orElseThrow();
    return new ScaleModel(
        model.perStage,
        model.perTask,
        model.perParameter,
        model.perSum,
        model.bytesPerState,
        worst);
  }

  double seconds(int parameters, int executors) {
    double[] terms = terms(parameters, executors);
    return perStage * terms[0] + perTask * terms[1] + perParameter * terms[2] + perSum * terms[3];
  }

  double bytes(int parameters, int executors) {
    return bytesPerState * parameters * travels(executors);
  }

  /** Times that a state goes over the network: to each executor, from each, and between groups. */
  private static int travels(int executors) {
    int travels = 2 * executors;
    for (int width = executors; width > FAN_IN; width = groups(width)) {
      travels += groups(width);
    }
    return travels;
  }

  private static double[] terms(int parameters, int executors) {
    double stages = 1;
    double tasks = executors;
    double sums = 0;
    int width = executors;
    while (width > FAN_IN) {
      sums += FAN_IN;
      width = groups(width);
      stages++;
      tasks += width;
    }
    sums += width;
    return new double[] {stages, tasks, parameters, sums * parameters};
  }

  private static int groups(int width) {
    return (width + FAN_IN - 1) / FAN_IN;
  }

  private static double bytesPerState(List<ScalePoint> points) {
    return points.stream()
        .mapToDouble(
            point -> point.bytes() / ((double) point.parameters() * travels(point.executors())))
        // What tasks carry beside is little where the student is large.
        .min()
        .orElseThrow();
  }

  /** Of the relative differences; a term that came out below 0 is taken for 0. */
  private static double[] leastSquares(List<ScalePoint> points) {
    List<Integer> used = new ArrayList<>(List.of(0, 1, 2, 3));
    while (true) {
      double[] fitted = leastSquares(points, used);
      int lowest =
          IntStream.range(0, fitted.length)
              .reduce((a, b) -> fitted[a] <= fitted[b] ? a : b)
              .orElseThrow();
      if (fitted[lowest] >= 0 || used.size() == 1) {
        double[] all = new double[4];
        IntStream.range(0, fitted.length).forEach(i -> all[used.get(i)] = fitted[i]);
        return all;
      }
      used.remove(lowest);
    }
  }

  private static double[] leastSquares(List<ScalePoint> points, List<Integer> used) {
    double[] ones = points.stream().mapToDouble(point -> 1).toArray();
    double[][] terms =
        points.stream()
            .map(
                point -> {
                  double[] all = terms(point.parameters(), point.executors());
                  return used.stream().mapToDouble(i -> all[i] / point.averaging()).toArray();
                })
            .toArray(double[][]::new);
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(ones, terms);
    return regression.estimateRegressionParameters();
  }
}
