package io.sparkdistill.pipeline;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.Terms;
import java.util.List;
import java.util.function.ToDoubleFunction;
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

  private TermMetrics(MetricsSystem system, String name, List<String> features) {
    this.system = system;
    this.name = name;
    gauge("softLoss", Terms::softLoss);
    gauge("hardLoss", Terms::hardLoss);
    gauge("softGradient", Terms::softGradient);
    gauge("hardGradient", Terms::hardGradient);
    for (String feature : features) {
      gauge(feature + "Loss", terms -> feature(terms, feature, FeatureTerm::loss));
      gauge(feature + "Gradient", terms -> feature(terms, feature, FeatureTerm::gradient));
    }
  }

  private static double feature(Terms terms, String name, ToDoubleFunction<FeatureTerm> value) {
    return terms.features().stream()
        .filter(term -> term.name().equals(name))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Registers them, as {@code distill.NAME}, until closed.
   *
   * @param features names of comparisons of hidden layers
   */
  static TermMetrics of(String name, List<String> features) {
    TermMetrics metrics =
        new TermMetrics(SparkEnv.get().metricsSystem(), "distill." + name, features);
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
