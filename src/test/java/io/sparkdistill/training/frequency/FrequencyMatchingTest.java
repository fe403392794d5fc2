package io.sparkdistill.training.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.testing.TinyStudent;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Students on Spark that are asked how often they predict a class. */
class FrequencyMatchingTest {
  private static final FrequencyMatching MATCHING = new FrequencyMatching(List.of(1), 500);
  private static final byte[] STUDENT = TinyStudent.zip(2, 2);

  @Test
  void rowsWhoseScoresAreMoreThanSparkLetsAJobSendAreMatchedAllTheSame() {
    int count = 20_000;
    // The answers are 4 i / count for class 0 and 0 for class 1, which a quarter of all have.
    List<SoftTarget> rows =
        IntStream.range(0, count)
            .mapToObj(i -> row(i < count / 4 ? 1 : 0, (float) i / count))
            .toList();
    SparkSession.Builder small = SparkSession.builder().config("spark.driver.maxResultSize", "64k");
    try (SparkSession spark = small.getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      assertThat(MATCHING.shifts(context.parallelize(rows, 8), STUDENT).get(1))
          .isCloseTo(1, within(0.001));
      assertThat(context.getPersistentRDDs()).isEmpty();
    }
  }

  @Test
  void noRowsAreRefused() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      assertThatThrownBy(() -> MATCHING.shifts(context.parallelize(List.of(), 2), STUDENT))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "Cannot match class frequencies, no row has a label: 0 rows. Label some, or let"
                  + " training.transferSet.matchFrequencies be [].");
    }
  }

  private static SoftTarget row(int label, float first) {
    return new SoftTarget("row", 0, label, new float[] {first, 0}, new float[2]);
  }
}
