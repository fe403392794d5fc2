package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.Cache;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingData;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in a JVM whose heap is smaller than the rows. */
class LargerThanHeapTest {
  private static final int WIDTH = 4_096;
  private static final int CLASSES = 2;
  private static final int ROWS = 9_600;
  private static final int HEAP_MB = 128;

  @TempDir private Path folder;

  @Test
  void smallHeapTrainsTheStudentOfALargeOne() throws Exception {
    assertThat((long) ROWS * WIDTH * Float.BYTES).isGreaterThan((long) HEAP_MB << 20);
    String expected = trained(Cache.MEMORY);
    assertThat(trainedElsewhere(Cache.DISK)).isEqualTo(expected);
    assertThat(trainedElsewhere(Cache.NONE)).isEqualTo(expected);
  }

  /** Trains with the cache of a name, and writes the student into a file. */
  public static void main(String[] args) throws Exception {
    Files.writeString(Path.of(args[1]), trained(Cache.valueOf(args[0])));
  }

  private String trainedElsewhere(Cache cache) throws Exception {
    Path result = folder.resolve("student-" + cache);
    File log = folder.resolve("log-" + cache).toFile();
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(System.getProperty("distill.opens").trim().split("\\s+")));
    command.addAll(List.of("-Xmx" + HEAP_MB + "m", "-XX:+UseSerialGC"));
    Stream.of("log4j2.configurationFile", "spark.master", "spark.ui.enabled")
        .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
    // Spark wants 450 MB, of which it leaves 300 alone.
    command.add("-Dspark.testing.reservedMemory=" + (60 << 20));
    command.add("-Dspark.local.dir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LargerThanHeapTest.class.getName(), cache.name(), result.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
      return Files.readString(result);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String trained(Cache cache) {
    RoundsConfig classic = RoundsConfig.classic();
    RoundsConfig rounds =
        new RoundsConfig(
            classic.outer(),
            classic.updaterState(),
            classic.warmUpRounds(),
            classic.shuffle(),
            classic.validation(),
            classic.limits(),
            classic.patience(),
            cache,
            classic.localSteps(),
            classic.augmentation());
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            1,
            64,
            new PeriodConfig.Fixed(60),
            OptionalInt.of(2),
            3,
            TrainingConfig.Schedule.CONSTANT,
            new UpdaterConfig.Sgd(0.01),
            rounds,
            CheckpointConfig.none());
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(List.of(4), StudentConfig.Activation.TANH), WIDTH, CLASSES);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> numbers = IntStream.range(0, ROWS).boxed().toList();
      try (TrainingData data =
          TrainingData.of(
              context.parallelize(numbers, 4).map(LargerThanHeapTest::row), 2, rounds)) {
        TrainedStudent student =
            TrainingEngine.of(training.engine())
                .train(
                    data,
                    networks,
                    ObjectiveConfig.labelsAlone(),
                    training,
                    CheckpointFolder.unused(),
                    (round, all, epoch, loss) -> {});
        return Arrays.toString(student.parameters());
      }
    }
  }

  private static SoftTarget row(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int label = number % CLASSES;
    float[] features = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      features[i] = (random.nextInt() >> 8) * 0x1p-24f + 0.1f * label;
    }
    return new SoftTarget("row-" + number, 0, label, features, new float[CLASSES]);
  }
}
