package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.List;

/**
 * How many times smaller and faster a model is than the teacher, or all teachers together; above 1
 * where it is.
 *
 * @param name of the model
 * @param bytes those of the teacher, divided by those of the model
 * @param multiplyAdds likewise; null where one of both is not counted
 * @param latency medians likewise, by the size of the batch; empty where they were not measured
 */
public record Factors(String name, double bytes, Double multiplyAdds, List<Double> latency) {
  /** Copies the list. */
  public Factors {
    latency = List.copyOf(latency);
  }

  /** Of a model over all teachers, of which there is at least one. */
  static Factors of(ModelSize model, List<ModelSize> teachers) {
    boolean counted =
        model.multiplyAdds() != null
            && teachers.stream().allMatch(teacher -> teacher.multiplyAdds() != null);
    List<Double> latency = new ArrayList<>();
    for (int i = 0; i < model.latency().size(); i++) {
      int batch = i;
      double all = teachers.stream().mapToDouble(one -> one.latency().get(batch).p50()).sum();
      latency.add(rounded(all / model.latency().get(batch).p50()));
    }
    return new Factors(
        model.name(),
        rounded((double) teachers.stream().mapToLong(ModelSize::bytes).sum() / model.bytes()),
        counted
            ? rounded(
                (double) teachers.stream().mapToLong(ModelSize::multiplyAdds).sum()
                    / model.multiplyAdds())
            : null,
        latency);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
