package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who teaches the teacher. */
final class ChainReader {
  private static final String CHAIN = "chain";
  private static final String NAME = "name";
  private static final String OUTPUT = "output";
  private static final String TEACHERS = "teachers";
  private static final String RELEASE = "release";
  private static final String BASELINE = "evaluation.baseline";
  private static final String TRANSFER_SET = "training.transferSet";
  private static final String STUDENT = "student";
  private static final String MODEL = "student.model";
  private static final String INCUMBENT = "evaluation.incumbent";

  /** What a link has in common with the whole, or cannot have. */
  private static final Set<String> OF_THE_WHOLE = Set.of(OUTPUT, CHAIN, "tuning", RELEASE, "heads");

  private final Config given;
  private final String file;
  private final List<String> settings;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A reader.
   *
   * @param given the resolved block, without the defaults
   * @param file what messages call it
   * @param settings that were put over it, without credentials
   */
  ChainReader(Config given, String file, List<String> settings) {
    this.given = given;
    this.file = file;
    this.settings = settings;
  }

  /** The block of the last student: the link before it is the teacher. */
  static Config withTeacher(Config given) {
    List<? extends ConfigValue> links = links(given);
    return links.isEmpty() ? given : taughtBy(given, links.get(links.size() - 1), given);
  }

  /** Those of the links: what is wrong in a value that they share with the whole is said once. */
  List<Problem> problemsBeside(List<Problem> ofTheWhole) {
    return problems.stream()
        .filter(problem -> ofTheWhole.stream().noneMatch(problem::isLike))
        .toList();
  }

  /** All links, in order, up to one that is no block; worth nothing where there are problems. */
  List<LinkConfig> read() {
    List<LinkConfig> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Optional<ConfigValue> before = Optional.empty();
    for (ConfigValue element : links(given)) {
      String key = CHAIN + "[" + read.size() + "]";
      if (!(element instanceof ConfigObject object)) {
        problem(key, element, "expected a block such as { name = assistant }");
        return read;
      }
      String name = name(object);
      if (!ConfigFields.NAME.matcher(name).matches() || !names.add(name)) {
        problem(
            key + "." + NAME,
            element,
            "expected a name of its own, of a to z, 0 to 9 and -, found \"" + name + "\"");
      }
      OF_THE_WHOLE.stream()
          .sorted()
          .filter(object::containsKey)
          .forEach(other -> problem(key + "." + other, object.get(other), "no such key in a link"));
      read.add(link(name, key, block(object, before)));
      before = Optional.of(element);
    }
    return read;
  }

  /** What a link says, over what the whole says. */
  private Config block(ConfigObject link, Optional<ConfigValue> before) {
    Config own = link.toConfig().withoutPath(NAME);
    for (String other : OF_THE_WHOLE) {
      own = own.withoutPath(other);
    }
    // A teacher knows all rows, whatever its student is to learn from.
    Config shared =
        given
            .withoutPath(CHAIN)
            .withoutPath("tuning")
            .withoutPath(RELEASE)
            .withoutPath(BASELINE)
            .withoutPath(INCUMBENT)
            .withoutPath(TRANSFER_SET)
            .withoutPath("compress");
    Config block =
        ConfigLoader.layered(own, besideModels(own, shared))
            .withValue(OUTPUT, ConfigValueFactory.fromAnyRef(output(given, link), CHAIN));
    if (!block.hasPath(BASELINE)) {
      block = block.withValue(BASELINE, ConfigValueFactory.fromAnyRef(false, CHAIN));
    }
    if (own.hasPath(TEACHERS)) {
      return block;
    }
    if (before.isPresent()) {
      return taughtBy(block, before.get(), given);
    }
    return block.hasPath(TEACHERS)
        ? block
        : block.withValue(TEACHERS, ConfigValueFactory.fromIterable(List.of(), CHAIN));
  }

  /** A network of a link's own takes the layers of the whole away, and the other way round. */
  private static Config besideModels(Config own, Config shared) {
    if (own.hasPath(MODEL)) {
      return shared.withoutPath(STUDENT);
    }
    return own.hasPath(STUDENT) ? shared.withoutPath(MODEL) : shared;
  }

  private LinkConfig link(String name, String key, Config block) {
    ConfigLoader.Checked checked = ConfigLoader.check(block, file);
    checked
        .problems()
        .forEach(
            problem ->
                problems.add(
                    new Problem(key + "." + problem.key(), problem.where(), problem.text())));
    Recipe recipe =
        new Recipe(
            Secrets.mask(file),
            settings,
            Optional.of(name),
            ConfigLoader.effective(checked.merged()));
    return new LinkConfig(name, checked.config(), recipe);
  }

  private void problem(String key, ConfigValue value, String text) {
    problems.add(new Problem(key, Origins.describe(value.origin()), text));
  }

  private static Config taughtBy(Config block, ConfigValue link, Config whole) {
    Map<String, String> teacher = Map.of("dl4j", output(whole, link) + "/student/student.zip");
    return block.withValue(TEACHERS, ConfigValueFactory.fromIterable(List.of(teacher), CHAIN));
  }

  private static String output(Config whole, ConfigValue link) {
    String root = whole.hasPath(OUTPUT) ? whole.getValue(OUTPUT).unwrapped().toString() : "";
    return root + (root.endsWith("/") ? "" : "/") + "chain/" + name(link);
  }

  private static String name(ConfigValue link) {
    Config block = link instanceof ConfigObject object ? object.toConfig() : ConfigFactory.empty();
    return block.hasPath(NAME) ? String.valueOf(block.getValue(NAME).unwrapped()) : "";
  }

  private static List<? extends ConfigValue> links(Config given) {
    return given.hasPath(CHAIN) && given.getValue(CHAIN) instanceof ConfigList list
        ? list
        : List.of();
  }
}
