package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.config.EvaluationConfig;
import io.sparkdistill.config.SlicesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what is judged. Whether a filter is one is seen when the test set is opened. */
final class EvaluationReader {
  private static final String SLICES = "evaluation.slices";
  private static final String SLICE_BY = "evaluation.sliceBy";
  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,100}");

  private final ConfigFields fields;
  private final Config merged;

  EvaluationReader(ConfigFields fields, Config merged) {
    this.fields = fields;
    this.merged = merged;
  }

  EvaluationConfig read() {
    return new EvaluationConfig(
        fields.flag("evaluation.baseline"),
        fields.wholeNumber("evaluation.batchSize", 1, 65_536),
        new SlicesConfig(filters(), fields.names(SLICE_BY)),
        fields.optionalText("evaluation.incumbent"),
        fields.flag("evaluation.temperatureScaling"),
        new BootstrapConfig(
            fields.wholeNumber("evaluation.bootstrap.samples", 0, 10_000),
            fields.seed("evaluation.bootstrap.seed")),
        fields.flag("evaluation.predictions"),
        fields.wholeNumber("evaluation.gallery", 0, 1000));
  }

  private List<SlicesConfig.Filter> filters() {
    List<SlicesConfig.Filter> filters = new ArrayList<>();
    if (!fields.has(SLICES)) {
      return filters;
    }
    if (!(merged.getValue(SLICES) instanceof ConfigObject block)) {
      fields.problem(SLICES, "expected a block such as { threes = \"label = 3\" }");
      return filters;
    }
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(block).entrySet()) {
      String sql = String.valueOf(entry.getValue().unwrapped());
      if (entry.getValue().valueType() != ConfigValueType.STRING
          || sql.isBlank()
          || !NAME.matcher(entry.getKey()).matches()) {
        fields
            .problems()
            .add(
                new Problem(
                    SLICES + "." + entry.getKey(),
                    Origins.describe(entry.getValue().origin()),
                    "expected a name of at most 100 letters, and a condition of Spark SQL such as"
                        + " \"label = 3\""));
      }
      filters.add(new SlicesConfig.Filter(entry.getKey(), sql));
    }
    return filters;
  }
}
