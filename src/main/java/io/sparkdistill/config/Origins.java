package io.sparkdistill.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/** Says in few words where a value was written. */
final class Origins {
  static final String DEFAULTS = "default";

  /** Of values that tune puts over a configuration. */
  static final String TUNING = "tuning.parameters";

  private Origins() {}

  static boolean isDefault(ConfigOrigin origin) {
    return withoutLine(origin.description()).equals(DEFAULTS);
  }

  static String describe(ConfigOrigin origin) {
    String text = origin.description();
    if (text.startsWith("merge of ")) {
      text = text.substring("merge of ".length());
    }
    int line = origin.lineNumber();
    String name =
        origin.filename() == null ? withoutLine(text) : Path.of(origin.filename()).toString();
    if (origin.filename() == null && name.contains(DEFAULTS)) {
      return DEFAULTS;
    }
    boolean fromFile = !name.startsWith("--set") && !name.equals(TUNING);
    return line > 0 && fromFile ? name + ":" + line : name;
  }

  private static String withoutLine(String text) {
    return text.replaceAll(": \\d+(-\\d+)?", "").replaceAll("^String: ", "");
  }
}
