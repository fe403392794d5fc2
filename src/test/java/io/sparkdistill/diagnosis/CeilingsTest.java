package io.sparkdistill.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What Spark says when a setting of its own allows no more. */
class CeilingsTest {
  @Test
  void resultsThatAreMoreThanTheDriverTakesNameTheSetting() {
    SparkSession.Builder small = SparkSession.builder().config("spark.driver.maxResultSize", "64k");
    try (SparkSession spark = small.getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Throwable thrown =
          catchThrowable(
              () -> context.parallelize(List.of(1, 2), 2).map(each -> new byte[100_000]).collect());
      assertThat(Ceilings.behind(thrown).orElseThrow())
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageMatching(
              "Cannot go on, Spark allows no more than spark\\.driver\\.maxResultSize says: .*Total"
                  + " size of serialized results of \\d tasks \\([0-9.]+ KiB\\) is bigger than"
                  + " spark\\.driver\\.maxResultSize \\(64\\.0 KiB\\)\\. Raise it as"
                  + " deploy/README\\.md says for a student of so many parameters, or choose a"
                  + " smaller student\\.");
    }
  }

  @Test
  void othersThatNameASettingAreNone() {
    assertThat(
            Ceilings.behind(
                new SparkException("Job aborted, look at spark.driver.maxResultSize for once")))
        .isEmpty();
  }
}
