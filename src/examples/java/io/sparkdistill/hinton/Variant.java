package io.sparkdistill.hinton;

import io.sparkdistill.config.DistillConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One training of the experiment: the configuration with some other values.
 *
 * @param name of it, and of its output
 * @param from whose published stages it begins with; empty for the one that asks the teacher
 * @param stages which of them
 * @param settings values by key, without those of a seed
 */
record Variant(
    String name, Optional<String> from, List<String> stages, Map<String, String> settings) {
  /** The teacher, its student and the baseline. */
  static final String MAIN = "main";

  /** Learns from rows without a class. */
  static final String WITHOUT_THREES = "without-threes";

  /** Learns from rows of two classes. */
  static final String SEVENS_AND_EIGHTS = "sevens-and-eights";

  /** Learns from a small share of all rows. */
  static final String SHARE = "three-percent";

  /** What a name ends in whose biases were moved. */
  static final String MATCHED = "-matched";

  /** Temperatures of the sweep. */
  static final List<Integer> TEMPERATURES = List.of(1, 2, 4, 8, 20);

  /** Units in each hidden layer of the students of the sweep. */
  static final List<Integer> UNITS = List.of(800, 300, 30);

  private static final List<String> TARGETS = List.of("soft-targets", "test-targets");
  private static final List<String> TARGETS_AND_STUDENT =
      List.of("soft-targets", "test-targets", "student");

  /** The whole has 15 students in its sweep: they train for a fifth of the epochs. */
  private static final int SWEEP_DIVISOR = 5;

  /** Rows that are 3 % give 3 % of the steps: they train for more epochs. */
  private static final int SHARE_FACTOR = 6;

  /** Copies. */
  Variant {
    stages = List.copyOf(stages);
    settings = new TreeMap<>(settings);
  }

  /** What every seed runs. */
  static Variant main() {
    return new Variant(MAIN, Optional.empty(), List.of(), Map.of());
  }

  /** What one seed runs beside that, in order: all on what the teacher of the main row said. */
  static List<Variant> others(DistillConfig main) {
    int epochs = main.training().epochs();
    List<Variant> others = new ArrayList<>();
    others.addAll(transfer(WITHOUT_THREES, "label <> 3", "[3]"));
    others.addAll(transfer(SEVENS_AND_EIGHTS, "label in (7, 8)", "[7, 8]"));
    others.add(
        taught(
            SHARE,
            Map.of(
                "training.transferSet.fraction",
                "0.03",
                "training.epochs",
                Integer.toString(epochs * SHARE_FACTOR))));
    for (int units : UNITS) {
      for (int temperature : TEMPERATURES) {
        others.add(
            taught(
                sweep(temperature, units),
                Map.of(
                    "objective.temperature",
                    Integer.toString(temperature),
                    "student.hidden",
                    String.format(Locale.ROOT, "[%d, %d]", units, units),
                    "training.epochs",
                    Integer.toString(Math.max(1, epochs / SWEEP_DIVISOR)),
                    // The labels know no temperature: one baseline of a size serves all.
                    "evaluation.baseline",
                    Boolean.toString(temperature == TEMPERATURES.get(0)))));
      }
    }
    return others;
  }

  /** The name of a student of the sweep. */
  static String sweep(int temperature, int units) {
    return "t" + temperature + "-" + units;
  }

  private static List<Variant> transfer(String name, String where, String classes) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("training.transferSet.where", where);
    settings.put("evaluation.baseline", "false");
    Variant trained = taught(name, settings);
    settings.put("training.transferSet.matchFrequencies", classes);
    return List.of(
        trained, new Variant(name + MATCHED, Optional.of(name), TARGETS_AND_STUDENT, settings));
  }

  private static Variant taught(String name, Map<String, String> settings) {
    return new Variant(name, Optional.of(MAIN), TARGETS, settings);
  }
}
