package io.sparkdistill.release;

import io.sparkdistill.config.ReleaseConfig;
import io.sparkdistill.config.ReleaseConfig.Metric;
import io.sparkdistill.config.ReleaseConfig.When;
import io.sparkdistill.evaluation.Comparison;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Decides whether a student comes into use. A difference counts if it is larger than the margin and
 * no likely work of chance; whether it is larger than the margin by chance is not asked.
 *
 * @param config the rule
 */
public record ReleaseRule(ReleaseConfig config) {
  /**
   * Whether the rule decides without a look at the incumbent.
   *
   * @return false for the rule that compares
   */
  public boolean isDecided() {
    return config.when() != When.BETTER_THAN_INCUMBENT;
  }

  /**
   * Decides where nothing is compared.
   *
   * @param incumbentVersion what is in use; 0 if there is nothing
   * @return the decision
   * @throws IllegalStateException if there is something, and the rule compares with it
   */
  public Decision decide(int incumbentVersion) {
    if (!isDecided() && incumbentVersion > 0) {
      throw new IllegalStateException("The rule compares with version " + incumbentVersion);
    }
    return switch (config.when()) {
      case ALWAYS -> Decision.toPublish("release.when is always", incumbentVersion);
      case NEVER -> Decision.notToPublish("release.when is never", incumbentVersion);
      case BETTER_THAN_INCUMBENT ->
          Decision.toPublish("there is nothing in use to compare it with", 0);
    };
  }

  /**
   * Decides by what both are worth.
   *
   * @param incumbentVersion what is in use
   * @param judged the student and, as {@value Metrics#INCUMBENT}, what is in use, on the same rows
   * @return the decision
   */
  public Decision decide(int incumbentVersion, Metrics judged) {
    Metric metric = config.metric();
    ModelMetrics student = judged.models().get(Metrics.STUDENT);
    ModelMetrics incumbent = judged.models().get(Metrics.INCUMBENT);
    Comparison compared = comparison(judged);
    // Metrics have 8 digits, and the difference of two of them is no rounder than that.
    double gain = ModelMetrics.rounded(loss(incumbent) - loss(student));
    OptionalDouble p = p(metric, compared);
    String both =
        metric
            + " "
            + show(student)
            + ", and "
            + show(incumbent)
            + " of version "
            + incumbentVersion;
    String chance = p.isPresent() ? String.format(Locale.ROOT, ", p = %.3g", p.getAsDouble()) : "";
    Decision decision;
    if (!Double.isFinite(loss(student))) {
      decision = Decision.notToPublish("not a number: " + both, incumbentVersion);
    } else if (!Double.isFinite(loss(incumbent))) {
      decision = Decision.toPublish("that in use is worth nothing: " + both, incumbentVersion);
    } else if (gain <= 0) {
      decision = Decision.notToPublish("not better: " + both, incumbentVersion);
    } else if (gain <= config.margin()) {
      decision =
          Decision.notToPublish(
              "not better by more than release.margin: " + both + ", the margin is " + margin(),
              incumbentVersion);
    } else if (p.isPresent() && p.getAsDouble() > config.significance()) {
      decision =
          Decision.notToPublish(
              "not significantly better: "
                  + both
                  + chance
                  + ", and release.significance is "
                  + config.significance(),
              incumbentVersion);
    } else {
      decision = Decision.toPublish("better: " + both + chance, incumbentVersion);
    }
    return decision.after(
        judged.testRows(), values(student), values(incumbent), pValues(student, compared));
  }

  private static Comparison comparison(Metrics judged) {
    return judged.comparisons().stream()
        .filter(comparison -> comparison.other().equals(Metrics.INCUMBENT))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not compared: " + judged.models()));
  }

  /**
   * What of the rule decides.
   *
   * @return for the inputs of what was decided
   */
  public Map<String, String> inputs() {
    return Map.of(
        "release.when", config.when().toString(),
        "release.metric", config.metric().toString(),
        "release.margin", Double.toString(config.margin()),
        "release.significance", Double.toString(config.significance()));
  }

  /**
   * The rule in words.
   *
   * @return a sentence for people
   */
  public String sentence() {
    return switch (config.when()) {
      case ALWAYS -> "Every student comes into use.";
      case NEVER -> "No student comes into use.";
      case BETTER_THAN_INCUMBENT ->
          String.format(
              Locale.ROOT,
              "A student comes into use if it is better in %s, on the same test rows, by more than"
                  + " %s%s.",
              config.metric(),
              margin(),
              config.metric() == Metric.ECE || config.significance() == 1
                  ? ""
                  : ", with a p-value of at most " + config.significance());
    };
  }

  private String margin() {
    return BigDecimal.valueOf(config.margin()).stripTrailingZeros().toPlainString();
  }

  /** What is better if it is less. */
  private double loss(ModelMetrics model) {
    double value = value(config.metric(), model).getAsDouble();
    return config.metric() == Metric.ACCURACY ? -value : value;
  }

  private String show(ModelMetrics model) {
    double value = value(config.metric(), model).getAsDouble();
    return config.metric() == Metric.ERRORS
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static OptionalDouble value(Metric metric, ModelMetrics model) {
    return switch (metric) {
      case ERRORS -> OptionalDouble.of((double) model.errors());
      case ACCURACY -> OptionalDouble.of(model.accuracy());
      case NLL -> OptionalDouble.of(model.nll());
      case ECE -> OptionalDouble.of(model.ece());
      case KL_TO_TEACHER ->
          model.klToTeacher() == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(model.klToTeacher());
    };
  }

  private static Map<String, Double> values(ModelMetrics model) {
    Map<String, Double> values = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      value(metric, model).ifPresent(value -> values.put(metric.toString(), value));
    }
    return values;
  }

  private static Map<String, Double> pValues(ModelMetrics student, Comparison compared) {
    Map<String, Double> values = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      if (value(metric, student).isPresent()) {
        p(metric, compared).ifPresent(p -> values.put(metric.toString(), p));
      }
    }
    return values;
  }

  private static OptionalDouble p(Metric metric, Comparison compared) {
    return switch (metric) {
      case ERRORS, ACCURACY -> OptionalDouble.of(compared.pValue());
      case NLL -> OptionalDouble.of(compared.nllPValue());
      case ECE -> OptionalDouble.empty();
      case KL_TO_TEACHER -> OptionalDouble.of(compared.klToTeacherPValue());
    };
  }
}
