package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the heads of a student that has several. */
final class HeadsReader {
  private static final String HEADS = "heads";
  private static final String NAME = "name";
  private static final String WEIGHT = "weight";
  private static final String OUTPUT = "output";
  private static final String CHAIN = "chain";
  private static final String PUBLISH_TO = "release.publishTo";
  private static final String INCUMBENT = "evaluation.incumbent";
  private static final double GREATER_THAN_ZERO = 1e-12;
  private static final double MOST = 1e6;

  /** What all heads have in common: they are one student of one training on the same inputs. */
  private static final List<String> OF_THE_WHOLE =
      List.of(
          CHAIN,
          "dataset.features",
          "evaluation.baseline",
          HEADS,
          OUTPUT,
          "softTargets.augmentation",
          "softTargets.views",
          "student",
          "training",
          "tuning");

  /** What a student can have only once. */
  private static final List<String> OF_A_HEAD = List.of(PUBLISH_TO, INCUMBENT);

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
  HeadsReader(Config given, String file, List<String> settings) {
    this.given = given;
    this.file = file;
    this.settings = settings;
  }

  /** Whether there are any; then none but they are looked at. */
  boolean areGiven() {
    return !heads().isEmpty();
  }

  List<Problem> problems() {
    return problems.stream().distinct().toList();
  }

  /** All heads, in order, up to one that is no block; worth nothing where there are problems. */
  List<HeadConfig> read() {
    checkWhole();
    List<HeadConfig> read = new ArrayList<>();
    List<List<Problem>> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigValue element : heads()) {
      String key = HEADS + "[" + read.size() + "]";
      if (!(element instanceof ConfigObject object)) {
        problem(key, element, "expected a block such as { name = digit }");
        return read;
      }
      Config own = object.toConfig();
      String name = own.hasPath(NAME) ? String.valueOf(own.getValue(NAME).unwrapped()) : "";
      if (!ConfigFields.NAME.matcher(name).matches() || !names.add(name)) {
        problem(
            key + "." + NAME,
            element,
            "expected a name of its own, of a to z, 0 to 9 and -, found \"" + name + "\"");
      }
      for (String other : OF_THE_WHOLE) {
        if (own.hasPathOrNull(other)) {
          problem(key + "." + other, element, "no such key in a head");
        }
      }
      ConfigLoader.Checked checked = ConfigLoader.check(block(own, name), file);
      found.add(new ArrayList<>(checked.problems()));
      new HeadCheck(checked, file).addTo(found.get(read.size()));
      read.add(
          new HeadConfig(
              name,
              weight(own, key),
              checked.config(),
              new Recipe(
                  Secrets.mask(file),
                  settings,
                  Optional.empty(),
                  ConfigLoader.effective(checked.merged()))));
    }
    sort(found);
    refuseOnePlace(read);
    return read;
  }

  private void refuseOnePlace(List<HeadConfig> read) {
    Set<String> places = new HashSet<>();
    for (int i = 0; i < read.size(); i++) {
      Optional<String> place = read.get(i).config().release().publishTo();
      if (place.filter(again -> !places.add(ReleaseReader.slashless(again))).isPresent()) {
        problems.add(
            new Problem(
                HEADS + "[" + i + "]." + PUBLISH_TO,
                Origins.describe(heads().get(i).origin()),
                "expected another place than that of another head, found '"
                    + Secrets.mask(place.get())
                    + "'"));
      }
    }
  }

  /** What is wrong in a value that all heads share is said once. */
  private void sort(List<List<Problem>> found) {
    for (int i = 0; i < found.size(); i++) {
      for (Problem problem : found.get(i)) {
        boolean shared =
            found.stream().allMatch(others -> others.stream().anyMatch(problem::equals));
        String key = shared ? problem.key() : HEADS + "[" + i + "]." + problem.key();
        problems.add(new Problem(key, problem.where(), problem.text()));
      }
    }
  }

  private void checkWhole() {
    ConfigFields fields = new ConfigFields(given.withFallback(ConfigLoader.reference()), file);
    fields.text(OUTPUT);
    if (fields.list(CHAIN).filter(links -> !links.isEmpty()).isPresent()) {
      fields.problem(CHAIN, "expected none, because there are heads");
    }
    for (String key : OF_A_HEAD) {
      if (fields.isGiven(key)) {
        fields.problem(key, "expected none, because there are heads; each may have its own");
      }
    }
    problems.addAll(fields.problems());
  }

  private double weight(Config own, String key) {
    if (!own.hasPathOrNull(WEIGHT)) {
      return 1;
    }
    ConfigFields fields = new ConfigFields(own, file).within(own, key + ".");
    double weight = fields.number(WEIGHT, GREATER_THAN_ZERO, MOST);
    problems.addAll(fields.problems());
    return weight;
  }

  /** What a head says, over what the whole says. */
  private Config block(Config own, String name) {
    Config upper = own.withoutPath(NAME).withoutPath(WEIGHT);
    for (String other : OF_THE_WHOLE) {
      upper = upper.withoutPath(other);
    }
    Config shared = given.withoutPath(HEADS).withoutPath(CHAIN);
    for (String key : OF_A_HEAD) {
      shared = shared.withoutPath(key);
    }
    String root = given.hasPath(OUTPUT) ? given.getValue(OUTPUT).unwrapped().toString() : "";
    return ConfigLoader.layered(upper, shared)
        .withValue(
            OUTPUT,
            ConfigValueFactory.fromAnyRef(
                root + (root.endsWith("/") ? "" : "/") + HEADS + "/" + name, HEADS));
  }

  private void problem(String key, ConfigValue value, String text) {
    problems.add(new Problem(key, Origins.describe(value.origin()), text));
  }

  private List<? extends ConfigValue> heads() {
    return given.hasPath(HEADS) && given.getValue(HEADS) instanceof ConfigList list
        ? list
        : List.of();
  }
}
