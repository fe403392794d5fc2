package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.sparkdistill.config.ParameterConfig;
import io.sparkdistill.config.TuningConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what is tried. Whether values fit their keys is seen when configurations are made of them,
 * because that may depend on other values.
 */
final class TuningReader {
  private static final String PARAMETERS = "tuning.parameters";
  private static final Set<String> BLOCKS = Set.of("student", "objective", "training");

  /** Keys that decide nothing of a student, or what is held out. */
  private static final Set<String> OTHERS =
      Set.of(
          "training.validation", "training.checkpoint", "training.cache", "training.transferSet");

  private static final int MOST_TRIALS = 10_000;

  private final ConfigFields fields;
  private final Config merged;
  private final Map<String, ParameterConfig> parameters = new TreeMap<>();

  TuningReader(ConfigFields fields, Config merged) {
    this.fields = fields;
    this.merged = merged;
  }

  TuningConfig read() {
    if (fields.has(PARAMETERS)) {
      if (merged.getValue(PARAMETERS) instanceof ConfigObject block) {
        collect("", block);
      } else {
        fields.problem(
            PARAMETERS, "expected a block such as { objective.temperature = [2, 4, 8] }");
      }
    }
    TuningConfig tuning =
        new TuningConfig(
            fields.choice("tuning.search", TuningConfig.Search.class),
            fields.wholeNumber("tuning.trials", 1, MOST_TRIALS),
            fields.seed("tuning.seed"),
            List.copyOf(parameters.values()),
            fields.number("tuning.fraction", 0.001, 0.9),
            fields.choice("tuning.metric", TuningConfig.Metric.class),
            new TuningConfig.Halving(
                fields.wholeNumber("tuning.halving.factor", 2, 100),
                fields.wholeNumber("tuning.halving.minEpochs", 0, 100_000)),
            fields.wholeNumber("tuning.parallel", 1, 1000));
    checkTogether(tuning);
    return tuning;
  }

  private void collect(String prefix, ConfigObject block) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(block).entrySet()) {
      String key = prefix + entry.getKey();
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject inner && !isRange(inner)) {
        collect(key + ".", inner);
      } else if (isTunable(key, value)) {
        add(key, value);
      }
    }
  }

  private static boolean isRange(ConfigObject block) {
    return block.containsKey("from") || block.containsKey("to");
  }

  private void add(String key, ConfigValue value) {
    if (parameters.containsKey(key)) {
      problem(key, value, "expected once, found twice");
    } else if (value instanceof ConfigList list) {
      parameters.put(key, choice(key, list));
    } else if (value instanceof ConfigObject block) {
      parameters.put(key, range(key, block));
    } else {
      problem(
          key, value, "expected a list such as [1, 2], or a range such as { from = 1, to = 2 }");
    }
  }

  private boolean isTunable(String key, ConfigValue value) {
    String known = known(key);
    boolean other = OTHERS.stream().anyMatch(block -> (key + ".").startsWith(block + "."));
    if (known.isEmpty()) {
      problem(key, value, "no such key");
    } else if (!BLOCKS.contains(known) || key.equals("training") || other) {
      problem(
          key,
          value,
          "expected a key that decides how a student is trained: student, objective, or one of"
              + " training but for validation, checkpoint, cache and transferSet");
    } else {
      return true;
    }
    return false;
  }

  /** The block that a key stands in; empty if there is no such key. */
  private static String known(String key) {
    try {
      return ConfigLoader.reference().hasPathOrNull(key) ? ConfigUtil.splitPath(key).get(0) : "";
    } catch (ConfigException.BadPath e) {
      return "";
    }
  }

  private ParameterConfig choice(String key, ConfigList list) {
    List<String> values =
        list.stream().map(value -> value.render(ConfigRenderOptions.concise())).toList();
    if (values.isEmpty() || values.size() != Set.copyOf(values).size()) {
      problem(key, list, "expected a list of different values, at least one");
    }
    return new ParameterConfig.Choice(key, values);
  }

  private ParameterConfig range(String key, ConfigObject block) {
    ConfigFields range = fields.within(block.toConfig(), PARAMETERS + "." + key + ".");
    range.only(Set.of("from", "to", "scale", "numbers"));
    double from = range.number("from", -1e9, 1e9);
    double to = range.number("to", -1e9, 1e9);
    ParameterConfig.Scale scale =
        range.has("scale")
            ? range.choice("scale", ParameterConfig.Scale.class)
            : ParameterConfig.Scale.LINEAR;
    ParameterConfig.Numbers numbers =
        range.has("numbers")
            ? range.choice("numbers", ParameterConfig.Numbers.class)
            : ParameterConfig.Numbers.REAL;
    if (from >= to) {
      problem(key, block, "expected from to be less than to, found " + from + " and " + to);
    }
    if (scale == ParameterConfig.Scale.LOG && from <= 0) {
      problem(key, block, "expected from to be greater than 0 where scale is log, found " + from);
    }
    if (numbers == ParameterConfig.Numbers.WHOLE && (from % 1 != 0 || to % 1 != 0)) {
      problem(key, block, "expected whole numbers from and to, found " + from + " and " + to);
    }
    return new ParameterConfig.Range(key, from, to, scale, numbers);
  }

  private void checkTogether(TuningConfig tuning) {
    List<String> keys = new ArrayList<>(parameters.keySet());
    for (String key : keys) {
      keys.stream()
          .filter(inner -> inner.startsWith(key + "."))
          .forEach(inner -> problem(inner, "expected one of this and " + key + ", found both"));
    }
    if (tuning.halving().minEpochs() > 0 && parameters.containsKey("training.epochs")) {
      problem("training.epochs", "expected another key, because tuning.halving decides this one");
    }
    if (tuning.search() == TuningConfig.Search.GRID) {
      checkGrid();
    }
  }

  private void checkGrid() {
    double size = 1;
    for (ParameterConfig parameter : parameters.values()) {
      if (parameter instanceof ParameterConfig.Choice choice) {
        size *= choice.values().size();
      } else {
        problem(parameter.key(), "expected a list, because tuning.search is grid, found a range");
      }
    }
    if (size > MOST_TRIALS) {
      fields.problem(
          PARAMETERS,
          String.format(
              Locale.ROOT,
              "expected at most %d combinations for a grid, found %.0f",
              MOST_TRIALS,
              size));
    }
  }

  private void problem(String key, String text) {
    fields.problems().add(new Problem(PARAMETERS + "." + key, where(), text));
  }

  private void problem(String key, ConfigValue value, String text) {
    fields
        .problems()
        .add(new Problem(PARAMETERS + "." + key, Origins.describe(value.origin()), text));
  }

  private String where() {
    return Origins.describe(merged.getValue(PARAMETERS).origin());
  }
}
