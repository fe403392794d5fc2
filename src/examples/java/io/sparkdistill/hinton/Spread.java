package io.sparkdistill.hinton;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** A number of several seeds, for people. */
final class Spread {
  private Spread() {}

  /** Mean and sample standard deviation; of one seed, the number alone. */
  static String of(List<Outcome> seeds, ToDoubleFunction<Outcome> number, int decimals) {
    SummaryStatistics statistics = new SummaryStatistics();
    seeds.forEach(seed -> statistics.addValue(number.applyAsDouble(seed)));
    String mean = text(statistics.getMean(), decimals);
    return seeds.size() == 1
        ? mean
        : mean + " ± " + text(statistics.getStandardDeviation(), decimals);
  }

  private static String text(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
