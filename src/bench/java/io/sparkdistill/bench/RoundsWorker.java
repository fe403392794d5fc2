package io.sparkdistill.bench;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.rows.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * This project's rounds. Counted: all rounds of all epochs but the first, so also broadcasts, jobs
 * and averaging.
 */
public final class RoundsWorker {
  private final JavaSparkContext context;
  private final TrainingDigits digits;

  RoundsWorker(JavaSparkContext context, TrainingDigits digits) {
    this.context = context;
    this.digits = digits;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of MNIST
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .config(SparkSettings.complete("bench rounds", RoundsWorker.class.getName()))
            .getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      WorkerLoop.serve(new RoundsWorker(context, TrainingDigits.read(Path.of(args[0])))::measure);
    }
  }

  Answer measure(String student) {
    DistillConfig config =
        ConfigLoader.fromText("", "jobs/bench", settings(Student.named(student))).config();
    List<SoftTarget> targets =
        IntStream.range(0, Student.ROWS)
            .mapToObj(
                i ->
                    new SoftTarget(
                        Integer.toString(i),
                        0,
                        digits.labels()[i],
                        digits.row(i),
                        digits.oneHot(i)))
            .toList();
    JavaRDD<SoftTarget> rows = context.parallelize(targets, Student.WORKERS);
    StudentNetworks networks =
        new StudentNetworks(config.student(), Student.WIDTH, Student.CLASSES);
    List<Long> ends = new ArrayList<>();
    try (TrainingData data = TrainingData.distribute(rows, Student.WORKERS)) {
      TrainingEngine.of(config.training().engine())
          .train(
              data,
              networks,
              config.objective(),
              config.training(),
              Unkept.checkpoints(),
              (round, rounds, epoch, loss) -> {
                if (round % (rounds / Student.EPOCHS) == 0) {
                  ends.add(System.nanoTime());
                }
              });
    }
    double seconds = (ends.get(ends.size() - 1) - ends.get(0)) / 1e9;
    return new Answer(seconds, (ends.size() - 1L) * Student.ROWS, 0);
  }

  private static List<String> settings(Student student) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "output=target/bench/train/rounds",
                "dataset.train.path=unused",
                "dataset.test.path=unused",
                "dataset.features=pixels",
                "dataset.classes=" + Student.CLASSES,
                "teachers=[{onnx=unused}]",
                "objective.softWeight=0",
                "training.epochs=" + Student.EPOCHS,
                "training.batchSize=" + Student.BATCH,
                "training.averageEvery=" + Student.AVERAGE_EVERY,
                "training.schedule=constant",
                "training.updater={nesterovs={learningRate=0.05,momentum=0.9}}"));
    switch (student) {
      case MLP -> settings.add("student.hidden=[800, 800]");
      case CNN -> {
        settings.add("student.hidden=[128]");
        settings.add("student.cnn.channels=[16, 32]");
      }
    }
    return settings;
  }
}
