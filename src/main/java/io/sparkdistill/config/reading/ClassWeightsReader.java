package io.sparkdistill.config.reading;

import io.sparkdistill.config.ClassWeightsConfig;
import java.util.List;

/** Reads how much the label of each class counts. */
final class ClassWeightsReader {
  private static final String KEY = "objective.classWeights";

  private final ConfigFields fields;

  ClassWeightsReader(ConfigFields fields) {
    this.fields = fields;
  }

  ClassWeightsConfig read(int classes) {
    if (fields.is(KEY, "balanced")) {
      return new ClassWeightsConfig.Balanced();
    }
    List<Double> weights = fields.weights(KEY);
    if (!weights.isEmpty() && weights.size() != classes) {
      fields.problem(
          KEY,
          "expected balanced, or as many numbers as dataset.classes, which is "
              + classes
              + ", found "
              + weights.size());
    } else if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
      fields.problem(KEY, "expected a number above 0 among them, found " + weights);
    }
    return new ClassWeightsConfig.Given(weights);
  }
}
