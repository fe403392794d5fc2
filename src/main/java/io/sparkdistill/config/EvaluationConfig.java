package io.sparkdistill.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is judged beside teacher and student, and how.
 *
 * @param baseline whether the same student is also trained on hard labels alone
 * @param batchSize rows that a student scores at once
 * @param slices parts of the test set that are also judged by themselves
 * @param incumbent place of an earlier student's zip that is judged as well
 * @param temperatureScaling whether a temperature is looked for that calibrates each model
 * @param bootstrap how intervals are found
 * @param predictions whether what models say of each row is kept
 * @param gallery rows about which student and teacher disagree most that are shown; 0 for none
 */
public record EvaluationConfig(
    boolean baseline,
    int batchSize,
    SlicesConfig slices,
    Optional<String> incumbent,
    boolean temperatureScaling,
    BootstrapConfig bootstrap,
    boolean predictions,
    int gallery) {
  private static final BootstrapConfig USUAL = new BootstrapConfig(1000, 1);
  private static final int USUAL_GALLERY = 24;

  /**
   * What makes the result another one than the defaults would, but for the incumbent, which is
   * known by its content. Without it there is nothing, so that evaluations stay up to date that
   * were made before these keys were there.
   *
   * @return values by key
   */
  public Map<String, String> differences() {
    Map<String, String> differences = new TreeMap<>();
    if (!slices.isEmpty()) {
      differences.put("evaluation.slices", slices.description());
    }
    if (temperatureScaling) {
      differences.put("evaluation.temperatureScaling", "true");
    }
    if (!bootstrap.equals(USUAL)) {
      differences.put("evaluation.bootstrap", bootstrap.toString());
    }
    if (predictions) {
      differences.put("evaluation.predictions", "true");
    }
    if (gallery != USUAL_GALLERY) {
      differences.put("evaluation.gallery", Integer.toString(gallery));
    }
    return differences;
  }
}
