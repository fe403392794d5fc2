package io.sparkdistill.pipeline.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.InvalidConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The releases of Spark that this build runs on. */
class SparkReleaseTest {
  @Test
  void whatThisIsBuiltWithIsAccepted() {
    assertThatCode(() -> SparkRelease.running().refuseOthers()).doesNotThrowAnyException();
  }

  @Test
  void releasesOfOthersFromTheSameLineAreAccepted() {
    assertThatCode(() -> new SparkRelease("3.5.0-amzn-1", "2.12.17").refuseOthers())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"4.0.0, 2.13.16", "3.4.3, 2.12.17", "3.50.0, 2.12.17", "3.5.1, 2.13.8"})
  void othersAreRefused(String spark, String scala) {
    assertThatThrownBy(() -> new SparkRelease(spark, scala).refuseOthers())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot run on Spark "
                + spark
                + " with Scala "
                + scala
                + ", this build is for Spark 3.5 with Scala 2.12. Start it with spark-submit of such"
                + " a Spark.");
  }
}
