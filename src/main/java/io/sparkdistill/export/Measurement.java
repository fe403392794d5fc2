package io.sparkdistill.export;

import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.teacher.OnnxScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Measures models side by side in this process, with one thread: from features in memory to logits
 * in memory, as a service would use them. Rows are random numbers from 0 to 1, because what they
 * are does not change how long products take.
 */
public final class Measurement {
  private final ExportConfig.Timing timing;

  /**
   * Measures nothing yet.
   *
   * @param timing for how long, and in which batches
   */
  public Measurement(ExportConfig.Timing timing) {
    this.timing = timing;
  }

  /**
   * Measures models.
   *
   * @param models teachers and students
   * @return their sizes
   */
  public Sizes of(List<MeasuredModel> models) {
    List<List<Latency>> latencies = new ArrayList<>();
    models.forEach(model -> latencies.add(new ArrayList<>()));
    for (int rows : timing.isOff() ? List.<Integer>of() : timing.batches()) {
      List<Latency> ofBatch = latencies(models, rows);
      for (int i = 0; i < models.size(); i++) {
        latencies.get(i).add(ofBatch.get(i));
      }
    }
    List<ModelSize> teachers = new ArrayList<>();
    List<ModelSize> students = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      (models.get(i).isTeacher() ? teachers : students).add(size(models.get(i), latencies.get(i)));
    }
    return Sizes.of(
        processor(Path.of("/proc/cpuinfo")), OnnxScorer.runtimeVersion(), teachers, students);
  }

  private List<Latency> latencies(List<MeasuredModel> models, int rows) {
    List<OnnxScorer> open = new ArrayList<>();
    try {
      List<Runnable> runs = new ArrayList<>();
      for (MeasuredModel model : models) {
        OnnxScorer scorer = model.file().open(List.of());
        open.add(scorer);
        scorer.put(noise(rows * model.file().width()), rows);
        runs.add(() -> scorer.again(rows));
      }
      return new Stopwatch(System::nanoTime, timing.seconds())
          .time(runs).stream().map(times -> Latency.of(rows, times)).toList();
    } finally {
      open.forEach(OnnxScorer::close);
    }
  }

  private static ModelSize size(MeasuredModel model, List<Latency> latency) {
    OptionalLong multiplyAdds = MultiplyAdds.of(model.counted());
    return new ModelSize(
        model.name(),
        model.published().orElse(null),
        model.file().bytes().length,
        model.parameters(),
        multiplyAdds.isPresent() ? Long.valueOf(multiplyAdds.getAsLong()) : null,
        latency,
        model.deviation().map(Deviation::largest).orElse(null));
  }

  private static float[] noise(int numbers) {
    Random random = new Random(1);
    float[] values = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** What Linux calls the processor; elsewhere its kind. */
  static String processor(Path cpuinfo) {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElseGet(Measurement::architecture);
    } catch (IOException e) {
      return architecture();
    }
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
