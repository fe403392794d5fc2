package io.sparkdistill.pipeline.students;

import io.sparkdistill.pipeline.run.Software;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.training.TrainedStudent;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a training.
 *
 * @param student as it was trained
 * @param facts what is worth knowing of it, for its manifest
 */
public record Trained(TrainedStudent student, Map<String, String> facts) {
  public static final String WORKERS = "workers";
  private static final String STEPS = "steps";
  static final String FINAL_LOSS = "finalLoss";

  /** Of a training that has just ended, and what is worth knowing of its rows. */
  static Trained now(TrainedStudent student, Map<String, String> ofRows) {
    Map<String, String> facts = new TreeMap<>(ofRows);
    facts.put("parameters", Integer.toString(student.parameters().length));
    facts.put(WORKERS, Integer.toString(student.workers()));
    facts.put(STEPS, Integer.toString(student.steps()));
    facts.put(FINAL_LOSS, Double.toString(student.finalLoss()));
    return new Trained(student, Software.noted(facts));
  }

  /** Of one whose student is published, with what its files hold. */
  static Trained before(Manifest manifest, float[] parameters, String rounds) {
    return new Trained(
        new TrainedStudent(
            parameters,
            (int) manifest.number(WORKERS),
            (int) manifest.number(STEPS),
            Double.parseDouble(manifest.fact(FINAL_LOSS)),
            rounds),
        manifest.facts());
  }
}
