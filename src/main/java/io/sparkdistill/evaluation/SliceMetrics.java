package io.sparkdistill.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the models are worth on some of the test rows.
 *
 * @param name as configured, or the column and its value, such as {@code country = AT}; any text
 * @param rows of the slice; where there are none, there are no models
 * @param models by name, in the order of {@link Metrics#models()}
 */
public record SliceMetrics(String name, long rows, Map<String, SliceModel> models) {
  /** Keeps the order of models. */
  public SliceMetrics {
    models = new LinkedHashMap<>(models);
  }
}
