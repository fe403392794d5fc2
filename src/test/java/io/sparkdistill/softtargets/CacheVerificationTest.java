package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.codec.CodecNames;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.StageDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far cached answers are from those that the teacher gives now. */
@TestInstance(Lifecycle.PER_CLASS)
class CacheVerificationTest {
  private static final List<SoftTarget> ROWS =
      List.of(row("a", 3, 1), row("b", 0, 1), row("c", 2, -2), row("d", -1, 4));

  private static final int CLASSES = 20;

  private SparkSession spark;
  private CacheDirectory cache;
  private JavaRDD<SoftTarget> rows;

  @BeforeAll
  void start(@TempDir Path folder) {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
    Configuration conf = new Configuration();
    StageDirectory stage =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()), "soft-targets", Set.of(), conf);
    cache = new CacheDirectory(stage, conf);
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

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "int8", "topk(4) at 2.0", "sampled(8) at 1.0"})
  void whatTheCodecLosesIsNoDifference(String name) {
    LogitCodec codec = CodecNames.parse(name, CLASSES);
    List<float[]> answers = List.of(answer(1), answer(2), answer(3));
    ExampleDigest digest = new ExampleDigest();
    List<SoftTarget> stored = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      float[] input = {i, 1};
      long seed = ShardTally.seed(digest.ofInput(input));
      stored.add(new SoftTarget("row-" + i, 0, 0, input, codec.stored(answers.get(i), seed)));
    }

    CacheVerification.Sample found =
        verification(codec)
            .sample(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(stored, 2),
                100,
                rows -> rows.stream().map(row -> answers.get((int) row.features()[0])).toList());

    assertThat(found).isEqualTo(new CacheVerification.Sample(3, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "int8", "topk(4) at 2.0", "sampled(8) at 1.0"})
  void teacherOfOtherAnswersIsFarWhateverTheCodec(String name) {
    LogitCodec codec = CodecNames.parse(name, CLASSES);
    List<SoftTarget> stored =
        List.of(new SoftTarget("a", 0, 0, new float[] {1}, codec.stored(answer(1), 1)));

    CacheVerification.Sample found =
        verification(codec)
            .sample(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(stored, 1),
                100,
                rows -> List.of(answer(2)));

    assertThat(found.kl()).isGreaterThan(0.1);
    assertThat(found.flips()).isEqualTo(1);
  }

  private CacheVerification verification(LogitCodec codec) {
    return new CacheVerification(spark, cache, codec);
  }

  private static float[] answer(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] logits = new float[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      logits[i] = (float) (8 * random.nextUnit());
    }
    return logits;
  }

  private CacheVerification.Sample sample(int count, Function<SoftTarget, float[]> teacher) {
    return verification(LogitCodec.exact())
        .sample(rows, count, some -> some.stream().map(teacher).toList());
  }

  private static double apart(double gap) {
    return gap * Math.tanh(gap / 2);
  }

  private static SoftTarget row(String id, float... logits) {
    return new SoftTarget(id, 0, 0, new float[] {1}, logits);
  }
}
