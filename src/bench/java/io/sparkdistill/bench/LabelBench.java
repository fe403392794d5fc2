package io.sparkdistill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * How many rows a second a teacher labels: ONNX Runtime alone, this project, SynapseML. Each system
 * has one repetition to warm up; then all take turns, so that what disturbs one disturbs all.
 */
public final class LabelBench {
  private static final String RAW = "ONNX Runtime alone";
  private static final int REPETITIONS = 3;

  /** Systems may round differently where two classes are nearly equal. */
  private static final double TOLERANCE = 0.001;

  private LabelBench() {}

  /**
   * Measures and reports.
   *
   * @param args folder of MNIST, folder to work in, jar of the benchmarks, jar of this project,
   *     jars of SynapseML with commas between them
   * @throws IOException if something cannot be read, written or started
   */
  public static void main(String[] args) throws IOException {
    Path work = Path.of(args[1]);
    Folders.delete(work);
    Files.createDirectories(work);
    Path rows = work.resolve("rows");
    String what;
    try (SparkSession spark = SparkSession.builder().appName("bench label").getOrCreate()) {
      what = LabelRows.write(spark, Path.of(args[0]), rows);
    }
    List<Teacher> teachers =
        List.of(
            new Teacher("CNN, 216,170 parameters", Path.of("src/examples/teacher/mnist-cnn.onnx")),
            new Teacher("MLP 784-1200-1200-10", MlpTeacher.write(work.resolve("mlp.onnx"))));
    List<Worker> workers = workers(work, rows, args[2], args[3], args[4]);
    try {
      LabelReport report =
          new LabelReport(
              RAW,
              teachers.stream().flatMap(teacher -> measure(teacher, workers).stream()).toList());
      Path json = work.resolveSibling("label.json");
      report.write(json);
      System.out.printf(Locale.ROOT, "%n%s, batches of %d%n%n", what, Teacher.BATCH);
      System.out.printf(Locale.ROOT, "%s%n%s%n", report.table(), json);
    } finally {
      workers.forEach(Worker::close);
    }
  }

  private static List<Worker> workers(
      Path work, Path rows, String bench, String distill, String synapseMl) throws IOException {
    List<String> synapseMlJars =
        Stream.concat(Stream.of(bench), Stream.of(synapseMl.split(","))).toList();
    return List.of(
        Worker.start(RAW, RawWorker.class, work, List.of(bench, distill), List.of(rows.toString())),
        Worker.start(
            "spark-distill",
            DistillWorker.class,
            work,
            List.of(distill, bench),
            List.of(rows.toString(), work.resolve("distill").toString())),
        Worker.start(
            "SynapseML",
            SynapseMlWorker.class,
            work,
            synapseMlJars,
            List.of(rows.toString(), work.resolve("synapseml").toString())));
  }

  private static List<Series> measure(Teacher teacher, List<Worker> workers) {
    Map<Worker, List<Answer>> answers = new LinkedHashMap<>();
    workers.forEach(worker -> answers.put(worker, new ArrayList<>()));
    // The first is the warm-up.
    for (int repetition = 0; repetition <= REPETITIONS; repetition++) {
      for (Worker worker : workers) {
        Optional<Answer> answer = worker.measure(teacher.onnx().toString());
        System.out.printf(
            Locale.ROOT,
            "%s, %s, %s: %s%n",
            teacher.name(),
            worker.name(),
            repetition == 0 ? "warm-up" : "repetition " + repetition,
            answer
                .map(a -> String.format(Locale.ROOT, "%.2f s, %,d errors", a.seconds(), a.errors()))
                .orElse("failed"));
        if (repetition > 0) {
          answer.ifPresent(answers.get(worker)::add);
        }
      }
    }
    refuseDifferent(answers.values().stream().flatMap(List::stream).toList());
    return answers.entrySet().stream()
        .map(entry -> series(teacher, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Series series(Teacher teacher, Worker worker, List<Answer> answers) {
    return answers.size() == REPETITIONS
        ? new Series(teacher.name(), worker.name(), answers, "")
        : new Series(teacher.name(), worker.name(), List.of(), worker.lastWords());
  }

  /** Systems that do not answer the same have not done the same work. */
  private static void refuseDifferent(List<Answer> answers) {
    long least = answers.stream().mapToLong(Answer::errors).min().orElse(0);
    for (Answer answer : answers) {
      if (answer.rows() != answers.get(0).rows()
          || answer.errors() - least > TOLERANCE * answer.rows()) {
        throw new IllegalStateException("Cannot compare, systems answer differently: " + answers);
      }
    }
  }
}
