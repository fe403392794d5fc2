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

/**
 * How many samples a second a student is trained on: this project, Deeplearning4j's own averaging,
 * Spark MLlib, PyTorch, and the matrix products alone. Each system has a minute to warm up, in
 * which the compilers of JVMs come to rest; then all take turns, so that what disturbs one disturbs
 * all.
 */
public final class TrainBench {
  private static final long WARM_UP_NANOS = 60_000_000_000L;
  private static final String LIMIT = "matrix products alone";

  private TrainBench() {}

  /**
   * Measures and reports.
   *
   * @param args folder of MNIST, folder to work in, jar of the benchmarks, jar of this project, the
   *     script for PyTorch, jars that dl4j-spark exports with, with commas between them, how many
   *     repetitions, and perhaps one student's name
   * @throws IOException if something cannot be read, written or started
   */
  public static void main(String[] args) throws IOException {
    Path work = Path.of(args[1]);
    Folders.delete(work);
    Files.createDirectories(work);
    List<String> jars = List.of(args[3], args[2]);
    List<String> stockJars = Stream.concat(jars.stream(), Stream.of(args[5].split(","))).toList();
    List<String> mnist = List.of(args[0]);
    List<Series> all = new ArrayList<>();
    int repetitions = Integer.parseInt(args[6]);
    Student[] students =
        args.length > 7 ? new Student[] {Student.named(args[7])} : Student.values();
    for (Student student : students) {
      List<Measured> systems = new ArrayList<>();
      systems.add(Worker.start("spark-distill", RoundsWorker.class, work, jars, mnist));
      systems.add(Worker.start("dl4j-spark", StockWorker.class, work, stockJars, mnist));
      if (student == Student.MLP) {
        systems.add(Worker.start("Spark MLlib", MllibWorker.class, work, jars, mnist));
      }
      PyTorch peer = new PyTorch(Path.of(args[4]), work);
      systems.add(peer);
      systems.add(Worker.start(LIMIT, LimitWorker.class, work, jars, List.of()));
      try {
        all.addAll(measure(student, systems, repetitions));
      } finally {
        systems.forEach(Measured::close);
      }
    }
    TrainReport report = new TrainReport("PyTorch", LIMIT, all);
    Path json = work.resolveSibling("train.json");
    report.write(json);
    System.out.printf(
        Locale.ROOT,
        "%n%,d rows of MNIST an epoch, batches of %d, averaging every %d, %d workers of one"
            + " thread%n%n%s%n%s%n",
        Student.ROWS,
        Student.BATCH,
        Student.AVERAGE_EVERY,
        Student.WORKERS,
        report.table(),
        json);
  }

  private static List<Series> measure(Student student, List<Measured> systems, int repetitions) {
    Map<Measured, List<Answer>> answers = new LinkedHashMap<>();
    systems.forEach(system -> answers.put(system, new ArrayList<>()));
    for (Measured system : systems) {
      long begin = System.nanoTime();
      Optional<Answer> answer;
      do {
        answer = measure(student, system, "warm-up");
      } while (answer.isPresent() && System.nanoTime() - begin < WARM_UP_NANOS);
    }
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      for (Measured system : systems) {
        measure(student, system, "repetition " + repetition).ifPresent(answers.get(system)::add);
      }
    }
    return systems.stream()
        .map(
            system ->
                answers.get(system).size() == repetitions
                    ? new Series(student.title(), system.name(), answers.get(system), "")
                    : new Series(student.title(), system.name(), List.of(), system.lastWords()))
        .toList();
  }

  private static Optional<Answer> measure(Student student, Measured system, String turn) {
    Optional<Answer> answer = system.measure(student.toString());
    System.out.printf(
        Locale.ROOT,
        "%s, %s, %s: %s%n",
        student.title(),
        system.name(),
        turn,
        answer
            .map(a -> String.format(Locale.ROOT, "%,.0f samples/s", a.rowsPerSecond()))
            .orElse("failed"));
    return answer;
  }
}
