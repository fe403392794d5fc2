package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.StageDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** How far cached answers are from those that the teacher gives now. */
@TestInstance(Lifecycle.PER_CLASS)
class CacheVerificationTest {
  private static final List<SoftTarget> ROWS =
      List.of(row("a", 3, 1), row("b", 0, 1), row("c", 2, -2), row("d", -1, 4));

  private SparkSession spark;
  private CacheVerification verification;
  private JavaRDD<SoftTarget> rows;

  @BeforeAll
  void start(@TempDir Path folder) {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
    Configuration conf = new Configuration();
    StageDirectory stage =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()), "soft-targets", Set.of(), conf);
    verification =
        new CacheVerification(spark, new CacheDirectory(stage, conf), LogitCodec.exact());
    rows = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(ROWS, 2);
  }

  @AfterAll
  void stop() {
    spark.close();
  }

  @Test
  void constantsOfTheTeacherAreNoDifference() {
    assertThat(sample(3, row -> new float[] {row.logits()[0] + 5, row.logits()[1] + 5}))
        .isEqualTo(new CacheVerification.Sample(3, 0, 0, 0));
  }

  @Test
  void teacherThatSwapsClassesIsFarFromAllItsAnswers() {
    CacheVerification.Sample found =
        sample(100, row -> new float[] {row.logits()[1], row.logits()[0]});

    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.flips()).isEqualTo(4);
    // Of logits that are g apart, both differ by g, and KL is g times what their classes differ by.
    assertThat(found.meanDifference()).isCloseTo((2 + 1 + 4 + 5) / 4.0, within(1e-6));
    assertThat(found.kl()).isCloseTo((apart(2) + apart(1) + apart(4) + apart(5)) / 4, within(1e-6));
  }

  @Test
  void teacherThatIsSurerOfTheSameClassesTurnsNone() {
    CacheVerification.Sample found =
        sample(100, row -> new float[] {2 * row.logits()[0], 2 * row.logits()[1]});

    assertThat(found.flips()).isZero();
    assertThat(found.meanDifference()).isCloseTo((2 + 1 + 4 + 5) / 8.0, within(1e-6));
    assertThat(found.kl()).isPositive();
  }

  private CacheVerification.Sample sample(int count, Function<SoftTarget, float[]> teacher) {
    return verification.sample(rows, count, some -> some.stream().map(teacher).toList());
  }

  private static double apart(double gap) {
    return gap * Math.tanh(gap / 2);
  }

  private static SoftTarget row(String id, float... logits) {
    return new SoftTarget(id, 0, 0, new float[] {1}, logits);
  }
}
