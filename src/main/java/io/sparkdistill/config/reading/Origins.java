package io.sparkdistill.config.reading;

import com.typesafe.config.ConfigOrigin;
import io.sparkdistill.config.EffectiveValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says in few words where a value was written. */
final class Origins {

  /** Of values that tune puts over a configuration. */
  static final String TUNING = "tuning.parameters";

  private static final String MERGE = "merge of ";

  private Origins() {}

  static boolean isDefault(ConfigOrigin origin) {
    return origin.filename() == null
        && withoutLine(origin.description()).equals(EffectiveValue.DEFAULT);
  }

  static String describe(ConfigOrigin origin) {
    String text = origin.description();
    if (text.startsWith(MERGE)) {
      return given(text.substring(MERGE.length()));
    }
    int line = origin.lineNumber();
    String name =
        origin.filename() == null ? withoutLine(text) : Path.of(origin.filename()).toString();
    boolean hasLine =
        !isDefault(origin) && !name.startsWith("--set") && !name.equals(TUNING) && line > 0;
    return hasLine ? name + ":" + line : name;
  }

  /** Of what a value was merged from, the parts that somebody wrote. */
  private static String given(String parts) {
    String given =
        Arrays.stream(parts.split(","))
            .map(Origins::withoutLine)
            .filter(part -> !part.equals(EffectiveValue.DEFAULT))
            .distinct()
            .collect(Collectors.joining(","));
    return given.isEmpty() ? EffectiveValue.DEFAULT : given;
  }

  private static String withoutLine(String text) {
    return text.replaceAll(": \\d+(-\\d+)?", "").replaceAll("^String: ", "");
  }
}
