package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.failure.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a block says.
 *
 * @param file what messages call it
 * @param config of harmless values where there are problems
 * @param merged with the defaults
 * @param problems all of them, each once
 */
record CheckedConfig(String file, DistillConfig config, Config merged, List<Problem> problems) {
  /**
   * How to give it again.
   *
   * @param settings that were put over it, without credentials
   * @param link of a chain that it is; empty for the whole
   */
  Recipe recipe(List<String> settings, Optional<String> link) {
    return new Recipe(Secrets.mask(file), settings, link, effective());
  }

  private List<EffectiveValue> effective() {
    Map<String, EffectiveValue> sorted = new TreeMap<>();
    merged
        .entrySet()
        .forEach(
            entry ->
                sorted.put(
                    entry.getKey(),
                    new EffectiveValue(
                        entry.getKey(),
                        Secrets.mask(entry.getValue().render(ConfigRenderOptions.concise())),
                        Origins.describe(entry.getValue().origin()))));
    return List.copyOf(sorted.values());
  }
}
