package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import java.util.Optional;

/** Finds what a text includes beside it, where HOCON would look at the class path alone. */
final class TextIncluder implements ConfigIncluder {
  /** As HOCON has it for files: deeper than anything but a circle. */
  private static final int DEPTH = 50;

  private final ConfigText text;
  private final int depth;

  private TextIncluder(ConfigText text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /** A text with all that it includes. */
  static Config parse(ConfigText text, ConfigParseOptions options) {
    return parse(text, options, 0);
  }

  private static Config parse(ConfigText text, ConfigParseOptions options, int depth) {
    return ConfigFactory.parseString(
        text.text(),
        options.setOriginDescription(text.origin()).setIncluder(new TextIncluder(text, depth)));
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String name) {
    if (!name.endsWith(".conf") && !name.endsWith(".json")) {
      throw new InvalidConfigurationException(
          "Cannot read configuration "
              + text.origin()
              + ", what it includes is named neither .conf nor .json: "
              + Secrets.mask(name)
              + ". Write the whole name.");
    }
    if (depth == DEPTH) {
      throw new InvalidConfigurationException(
          "Cannot read configuration "
              + text.origin()
              + ", includes go deeper than "
              + DEPTH
              + ", perhaps in a circle: "
              + Secrets.mask(name)
              + ". Take that out.");
    }
    Optional<ConfigText> found = text.includes().find(name);
    // HOCON leaves out what is not there, but for include required(…).
    if (found.isEmpty() && !context.parseOptions().getAllowMissing()) {
      throw new ConfigException.Generic("there is no " + name + " beside it");
    }
    return found
        .map(other -> parse(other, context.parseOptions(), depth + 1))
        .orElseGet(ConfigFactory::empty)
        .root();
  }
}
