package io.sparkdistill.pipeline.students;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.HeadTerms;
import io.sparkdistill.objective.Terms;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;

/**
 * The terms of the last round's loss among Spark's metrics of the driver, for whatever sink is
 * configured. Thread-safe.
 */
final class TermMetrics implements Source, AutoCloseable {
  private final MetricsSystem system;
  private final String name;
  private final MetricRegistry registry = new MetricRegistry();
  private volatile Terms last = Terms.none();

  private TermMetrics(
      MetricsSystem system, String name, List<String> features, List<String> heads) {
    this.system = system;
    this.name = name;
    gauges("", terms -> terms);
    for (String feature : features) {
      gauge(feature + "Loss", terms -> feature(terms, feature, FeatureTerm::loss));
      gauge(feature + "Gradient", terms -> feature(terms, feature, FeatureTerm::gradient));
    }
    for (String head : heads) {
      gauges(head + ".", terms -> ofHead(terms, head));
    }
  }

  private void gauges(String prefix, UnaryOperator<Terms> of) {
    gauge(prefix + "softLoss", terms -> of.apply(terms).softLoss());
    gauge(prefix + "hardLoss", terms -> of.apply(terms).hardLoss());
    gauge(prefix + "softGradient", terms -> of.apply(terms).softGradient());
    gauge(prefix + "hardGradient", terms -> of.apply(terms).hardGradient());
  }

  private static double feature(Terms terms, String name, ToDoubleFunction<FeatureTerm> value) {
    return terms.features().stream()
        .filter(term -> term.name().equals(name))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static Terms ofHead(Terms terms, String name) {
    return terms.heads().stream()
        .filter(head -> head.name().equals(name))
        .map(HeadTerms::terms)
        .findFirst()
        .orElseGet(Terms::none);
  }

  /**
   * Registers them, as {@code distill.NAME}, until closed.
   *
   * @param features names of comparisons of hidden layers
   * @param heads names of heads, whose terms are {@code HEAD.softLoss} and so on
   */
  static TermMetrics of(String name, List<String> features, List<String> heads) {
    TermMetrics metrics =
        new TermMetrics(SparkEnv.get().metricsSystem(), "distill." + name, features, heads);
    metrics.system.registerSource(metrics);
    return metrics;
  }

  private void gauge(String metric, ToDoubleFunction<Terms> value) {
    registry.register(metric, (Gauge<Double>) () -> value.applyAsDouble(last));
  }

  void show(Terms terms) {
    last = terms;
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  @Override
  public void close() {
    system.removeSource(this);
  }
}
