package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a configuration. What was given with {@code --set} wins over the file, the file over {@code
 * reference.conf}. Stateless and thread-safe.
 */
public final class ConfigLoader {
  private static final String ROOT = "distill";
  private static final String UPDATER = "training.updater";

  private ConfigLoader() {}

  /**
   * Loads from a local file, which may include others.
   *
   * @param file an existing HOCON file
   * @param overrides {@code key=value} each
   * @return the values and their origins
   * @throws InvalidConfigurationException naming all problems at once
   */
  public static LoadedConfig fromFile(File file, List<String> overrides) {
    return load(file.toString(), () -> ConfigFactory.parseFile(file, strict()), overrides);
  }

  /**
   * Loads from text that was read from somewhere else.
   *
   * @param text HOCON
   * @param origin what messages call it
   * @param overrides {@code key=value} each
   * @return the values and their origins
   * @throws InvalidConfigurationException naming all problems at once
   */
  public static LoadedConfig fromText(String text, String origin, List<String> overrides) {
    return load(
        origin,
        () -> ConfigFactory.parseString(text, strict().setOriginDescription(origin)),
        overrides);
  }

  /**
   * Loads from text that may include others beside it.
   *
   * @param text HOCON
   * @param overrides {@code key=value} each
   * @return the values and their origins
   * @throws InvalidConfigurationException naming all problems at once
   */
  public static LoadedConfig fromText(ConfigText text, List<String> overrides) {
    return load(text.origin(), () -> TextIncluder.parse(text, strict()), overrides);
  }

  private interface Source {
    Config parse();
  }

  private static LoadedConfig load(String name, Source source, List<String> overrides) {
    Config given;
    List<Problem> outside;
    try {
      Config set = overridesOf(overrides);
      Config all = withoutOtherUpdaters(set.withFallback(source.parse()).resolve(), set);
      given = all.hasPath(ROOT) ? all.getConfig(ROOT) : ConfigFactory.empty(name);
      outside = UnknownKeys.outside(all.root(), given.root(), reference().root());
    } catch (ConfigException e) {
      throw new InvalidConfigurationException(
          "Cannot read configuration "
              + name
              + ", it is no valid HOCON: "
              + Secrets.messageOf(e)
              + ". Correct it.",
          e);
    }
    List<String> settings = overrides.stream().map(Secrets::mask).toList();
    HeadsReader heads = new HeadsReader(given, name, settings);
    return heads.areGiven()
        ? withHeads(given, name, settings, heads, outside)
        : alone(given, name, settings, outside);
  }

  /** What all heads have in common is in each of them: the whole is the first, elsewhere. */
  private static LoadedConfig withHeads(
      Config given, String name, List<String> settings, HeadsReader reader, List<Problem> outside) {
    List<HeadConfig> heads = reader.read();
    refuse(name, Stream.concat(outside.stream(), reader.problems().stream()).toList());
    return new LoadedConfig(
        heads.get(0).config().publishedIn(given.getString("output")),
        List.of(),
        heads,
        check(given, name).recipe(settings, Optional.empty()),
        new GivenConfig(name, given));
  }

  private static LoadedConfig alone(
      Config given, String name, List<String> settings, List<Problem> outside) {
    CheckedConfig checked = check(given, name);
    ChainReader chain = new ChainReader(given, name, settings);
    List<LinkConfig> links = chain.read();
    List<Problem> problems = new ArrayList<>(outside);
    problems.addAll(checked.problems());
    problems.addAll(chain.problemsBeside(checked.problems()));
    refuse(name, problems);
    return new LoadedConfig(
        checked.config(),
        links,
        List.of(),
        checked.recipe(settings, Optional.empty()),
        new GivenConfig(name, given));
  }

  /** Reads a resolved {@code distill} block over the defaults. */
  static CheckedConfig check(Config block, String name) {
    Config given = ChainReader.withTeacher(block);
    Config known = reference();
    Config defaults =
        given.hasPath(UPDATER)
            ? withoutOtherUpdaters(known.atPath(ROOT), given.atPath(ROOT)).getConfig(ROOT)
            : known.withoutPath(UPDATER + ".nesterovs").withoutPath(UPDATER + ".sgd");
    Config merged = given.withFallback(defaults);
    ConfigReader reader = new ConfigReader(merged, name);
    List<Problem> unknown = unknownKeys(given, known, name);
    DistillConfig config = reader.read();
    List<Problem> problems = new ArrayList<>(unknown);
    problems.addAll(reader.problems());
    return new CheckedConfig(name, config, merged, problems.stream().distinct().toList());
  }

  /** Names all problems at once, if there are any. */
  static void refuse(String name, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(
          problems.stream()
              .map(problem -> "  " + problem)
              .collect(
                  Collectors.joining(
                      "\n",
                      "Cannot use configuration " + name + ", it has " + plural(problems) + ":\n",
                      "\nCorrect them; every key is explained in reference.conf, and"
                          + " print-config shows what is in force.")));
    }
  }

  private static String plural(List<Problem> problems) {
    return problems.size() == 1 ? "a problem" : problems.size() + " problems";
  }

  /** Puts values over a block; each wins over what stands there, as with {@code --set}. */
  static Config over(Config given, Map<String, String> values) {
    Config set = ConfigFactory.empty();
    for (Map.Entry<String, String> value : values.entrySet()) {
      set = override(value.getKey(), value.getValue(), Origins.TUNING).withFallback(set);
    }
    return layered(block(set), given);
  }

  /** One block over another. */
  static Config layered(Config upper, Config lower) {
    return upper.withFallback(block(withoutOtherUpdaters(lower.atPath(ROOT), upper.atPath(ROOT))));
  }

  private static Config block(Config whole) {
    return whole.hasPath(ROOT) ? whole.getConfig(ROOT) : ConfigFactory.empty();
  }

  /** The keys of {@code reference.conf}, below {@code distill}. */
  static Config reference() {
    return Reference.KEYS;
  }

  /** Read once: tuning checks thousands of configurations. */
  private static final class Reference {
    static final Config KEYS =
        ConfigFactory.parseResources(
                ConfigLoader.class.getClassLoader(),
                "reference.conf",
                ConfigParseOptions.defaults()
                    .setAllowMissing(false)
                    .setOriginDescription(EffectiveValue.DEFAULT))
            .resolve()
            .getConfig(ROOT);
  }

  private static List<Problem> unknownKeys(Config given, Config known, String name) {
    ConfigFields report = new ConfigFields(given, name);
    UnknownKeys.find(given, known, report);
    return report.problems();
  }

  /**
   * An override whose value is a text, whatever stands in it.
   *
   * @param key without the leading "distill."
   * @param text its value
   * @return as --set takes it
   */
  public static String setting(String key, String text) {
    return key + "=" + ConfigUtil.quoteString(text);
  }

  /** Naming an updater takes away those that a lower layer names, so that one is left. */
  private static Config withoutOtherUpdaters(Config lower, Config upper) {
    String path = ROOT + "." + UPDATER;
    Config result = lower;
    if (upper.hasPath(path) && lower.hasPath(path)) {
      for (String kind : lower.getObject(path).keySet()) {
        if (!upper.hasPath(path + "." + kind)) {
          result = result.withoutPath(path + "." + kind);
        }
      }
    }
    return result;
  }

  private static Config overridesOf(List<String> overrides) {
    Config result = ConfigFactory.empty();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new InvalidConfigurationException(
            "Cannot read --set "
                + Secrets.mask(override)
                + ", there is no '=' in it. Write --set key=value, for example --set"
                + " objective.temperature=2.");
      }
      String key = override.substring(0, equals).strip();
      result = override(key, override.substring(equals + 1), "--set " + key).withFallback(result);
    }
    return result;
  }

  private static Config override(String key, String value, String origin) {
    // HOCON would read the rest of a path such as /data//run#2 as a comment.
    boolean comment = value.contains("//") || value.contains("#");
    if (comment && !value.strip().matches("(?s)[\\[{\"].*")) {
      return text(key, value, origin);
    }
    try {
      Config parsed =
          ConfigFactory.parseString("value = " + value, strict().setOriginDescription(origin));
      ConfigValue only = parsed.root().get("value");
      if (only != null && parsed.root().size() == 1) {
        return at(key, only, origin);
      }
    } catch (ConfigException.BadPath e) {
      throw new InvalidConfigurationException(
          "Cannot read --set "
              + key
              + ", it is no key: "
              + e.getMessage()
              + ". Write --set key=value.",
          e);
    } catch (ConfigException.Parse | ConfigException.WrongType e) {
      // Text that is no HOCON, such as a path with a colon or brackets, is taken as it stands.
    }
    return text(key, value, origin);
  }

  private static Config text(String key, String value, String origin) {
    try {
      return at(key, ConfigValueFactory.fromAnyRef(value, origin), origin);
    } catch (ConfigException.BadPath e) {
      throw new InvalidConfigurationException(
          "Cannot read --set " + key + ", it is no key. Write --set key=value.", e);
    }
  }

  /** The blocks around a value were given with it, which HOCON's own way does not know. */
  private static Config at(String key, ConfigValue value, String origin) {
    Config result = ConfigFactory.empty();
    ConfigValue inner = value;
    List<String> path = ConfigUtil.splitPath(ROOT + "." + key);
    for (int i = path.size() - 1; i >= 0; i--) {
      result = ConfigValueFactory.fromMap(Map.of(path.get(i), inner), origin).toConfig();
      inner = result.root();
    }
    return result;
  }

  private static ConfigParseOptions strict() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }
}
