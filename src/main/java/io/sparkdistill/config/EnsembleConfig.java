package io.sparkdistill.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How several teachers become one.
 *
 * @param combine the rule
 */
public record EnsembleConfig(Combine combine) {
  /**
   * What makes the answer of several teachers another one, beside their own answers.
   *
   * @param teachers all of them
   * @return values by key
   */
  public Map<String, String> inputs(List<TeacherConfig> teachers) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("ensemble.combine", Spelling.of(combine));
    for (TeacherConfig teacher : teachers) {
      String key = "teachers." + teacher.name().orElse(teacher.key());
      if (combine.weighs()) {
        inputs.put(key + ".weight", Double.toString(teacher.weight()));
      }
      if (!teacher.classWeights().isEmpty()) {
        inputs.put(key + ".classWeights", teacher.classWeights().toString());
      }
    }
    return inputs;
  }

  /** Rules. */
  public enum Combine {
    /** The weighted mean of their probabilities. */
    PROBABILITIES,
    /** The weighted mean of their logits. */
    LOGITS,
    /** In each row the teacher that finds its best class most probable. */
    CONFIDENCE,
    /** In each row the teacher that finds the label most probable. */
    LABEL,
    /** In each row of each step a teacher that is drawn. */
    RANDOM;

    /**
     * Whether teachers have weights.
     *
     * @return false where one is chosen by what it says
     */
    public boolean weighs() {
      return this != CONFIDENCE && this != LABEL;
    }
  }
}
