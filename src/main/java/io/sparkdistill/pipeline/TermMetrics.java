package io.sparkdistill.pipeline;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkdistill.objective.Terms;
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

  private TermMetrics(MetricsSystem system, String name) {
    this.system = system;
    this.name = name;
    gauge("softLoss", Terms::softLoss);
    gauge("hardLoss", Terms::hardLoss);
    gauge("softGradient", Terms::softGradient);
    gauge("hardGradient", Terms::hardGradient);
  }

  /** Registers them, as {@code distill.NAME}, until closed. */
  static TermMetrics of(String name) {
    TermMetrics metrics = new TermMetrics(SparkEnv.get().metricsSystem(), "distill." + name);
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
