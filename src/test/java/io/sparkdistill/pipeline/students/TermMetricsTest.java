package io.sparkdistill.pipeline.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.HeadTerms;
import io.sparkdistill.objective.Terms;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Terms of a loss among Spark's metrics. */
class TermMetricsTest {
  @Test
  void lastRoundsTermsAreGaugesUntilTrainingEnds() {
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      assertThat(spark.sparkContext().isStopped()).isFalse();
      try (TermMetrics metrics = TermMetrics.of("student", List.of("hint1", "hint2"), List.of())) {
        metrics.show(
            new Terms(5, 2.5, 10, 2.5, 10).with(List.of(new FeatureTerm("hint1", 20, 40, 10))));
        assertThat(
                SparkEnv.get()
                    .metricsSystem()
                    .getSourcesByName("distill.student")
                    .apply(0)
                    .metricRegistry()
                    .getGauges())
            .hasEntrySatisfying("softLoss", gauge -> assertThat(gauge.getValue()).isEqualTo(0.5))
            .hasEntrySatisfying("hardLoss", gauge -> assertThat(gauge.getValue()).isEqualTo(0.25))
            .hasEntrySatisfying(
                "softGradient", gauge -> assertThat(gauge.getValue()).isEqualTo(1.0))
            .hasEntrySatisfying(
                "hardGradient", gauge -> assertThat(gauge.getValue()).isEqualTo(0.5))
            .hasEntrySatisfying("hint1Loss", gauge -> assertThat(gauge.getValue()).isEqualTo(2.0))
            .hasEntrySatisfying(
                "hint1Gradient", gauge -> assertThat(gauge.getValue()).isEqualTo(2.0))
            .hasEntrySatisfying(
                "hint2Loss", gauge -> assertThat(gauge.getValue()).isEqualTo(Double.NaN));
      }
      assertThat(SparkEnv.get().metricsSystem().getSourcesByName("distill.student").isEmpty())
          .isTrue();
      try (TermMetrics metrics = TermMetrics.of("student", List.of(), List.of("digit"))) {
        Terms digit = new Terms(5, 2.5, 10, 2.5, 10);
        metrics.show(new Terms(0, 0, 0, 0, 10, List.of(), List.of(new HeadTerms("digit", digit))));
        assertThat(metrics.metricRegistry().getGauges().get("digit.softLoss").getValue())
            .isEqualTo(0.5);
      }
    }
  }
}
