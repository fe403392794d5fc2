package io.sparkdistill.report;

import io.sparkdistill.evaluation.Interval;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.text.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * One number of a model.
 *
 * @param name of it, with its unit
 * @param text of it; empty where a model does not have it
 */
record Measure(String name, Function<ModelMetrics, Optional<String>> text) {
  /** Those that the verdict rests on. */
  static final List<Measure> FIRST =
      List.of(
          always("Errors", model -> Numbers.count(model.errors())),
          new Measure("95% interval", model -> range(model.errorsInterval(), Measure::whole)),
          always("Accuracy", model -> Numbers.percent(model.accuracy())),
          always("NLL, nats", model -> Numbers.decimal(model.nll())),
          always("Calibration error (ECE)", model -> Numbers.decimal(model.ece())),
          sometimes("Agrees with teacher", ModelMetrics::agreementWithTeacher, Numbers::percent),
          sometimes("KL to teacher, nats", ModelMetrics::klToTeacher, Numbers::decimal),
          new Measure("Parameters", model -> size(model.parameters(), Numbers::count)),
          new Measure("Size", model -> size(model.bytes(), Numbers::bytes)));

  /** All others. */
  static final List<Measure> REST =
      List.of(
          new Measure(
              "Accuracy, 95% interval", model -> range(model.accuracyInterval(), Numbers::percent)),
          sometimes("Among the best 5", ModelMetrics::top5Accuracy, Numbers::percent),
          sometimes("Macro F1", ModelMetrics::macroF1, Numbers::decimal),
          sometimes("Brier score", ModelMetrics::brier, Numbers::decimal),
          sometimes("KL from teacher, nats", ModelMetrics::reverseKlToTeacher, Numbers::decimal),
          sometimes(
              "Shares the teacher’s errors",
              ModelMetrics::agreementOnTeacherErrors,
              Numbers::percent),
          new Measure("Bytes", model -> size(model.bytes(), Numbers::count)));

  private static Measure always(String name, Function<ModelMetrics, String> text) {
    return new Measure(name, model -> Optional.of(text.apply(model)));
  }

  private static Measure sometimes(
      String name, Function<ModelMetrics, Double> value, DoubleFunction<String> text) {
    return new Measure(name, model -> Optional.ofNullable(value.apply(model)).map(text::apply));
  }

  private static Optional<String> range(Interval interval, DoubleFunction<String> text) {
    return Optional.ofNullable(interval)
        .map(range -> Numbers.range(range.low(), range.high(), text));
  }

  private static String whole(double number) {
    return Numbers.count(Math.round(number));
  }

  /** Of a teacher that is a column nobody knows it. */
  private static Optional<String> size(long number, Function<Long, String> text) {
    return number > 0 ? Optional.of(text.apply(number)) : Optional.empty();
  }
}
