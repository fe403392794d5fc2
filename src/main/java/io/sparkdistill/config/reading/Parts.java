package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The links of a chain, or the heads: each is like the whole but for what it says itself. */
final class Parts {
  private final Config whole;
  private final String list;
  private final List<String> ofTheWhole;
  private final List<? extends ConfigValue> elements;
  private final List<Part> all;

  /**
   * Parts.
   *
   * @param whole the resolved block, without the defaults
   * @param list the key of their list
   * @param ofTheWhole keys that no part can have, in the order in which they are refused
   */
  Parts(Config whole, String list, List<String> ofTheWhole) {
    this.whole = whole;
    this.list = list;
    this.ofTheWhole = ofTheWhole;
    this.elements =
        whole.hasPath(list) && whole.getValue(list) instanceof ConfigList found ? found : List.of();
    this.all = blocks(list, elements);
  }

  boolean areGiven() {
    return !elements.isEmpty();
  }

  /** In order, up to one that is no block. */
  List<Part> all() {
    return all;
  }

  /**
   * What is wrong with them as parts; what is wrong in their blocks is seen when those are read.
   */
  List<Problem> problems(String noun, String example) {
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Part part : all) {
      if (!ConfigFields.NAME.matcher(part.name()).matches() || !names.add(part.name())) {
        problems.add(
            part.problem(
                Part.NAME,
                "expected a name of its own, of a to z, 0 to 9 and -, found \""
                    + part.name()
                    + "\""));
      }
      ofTheWhole.stream()
          .filter(part.own()::hasPathOrNull)
          .forEach(key -> problems.add(part.problem(key, "no such key in a " + noun)));
    }
    if (all.size() < elements.size()) {
      problems.add(
          new Problem(
              list + "[" + all.size() + "]",
              Origins.describe(elements.get(all.size()).origin()),
              "expected a block such as { name = " + example + " }"));
    }
    return problems;
  }

  /** What a part says, over what it shares with others, published in its own place. */
  Config block(Part part, Config shared) {
    Config own = without(part.without(Part.NAME).own(), ofTheWhole);
    return ConfigLoader.layered(own, shared)
        .withValue("output", ConfigValueFactory.fromAnyRef(part.output(whole), list));
  }

  static Config without(Config block, List<String> keys) {
    Config rest = block;
    for (String key : keys) {
      rest = rest.withoutPath(key);
    }
    return rest;
  }

  private static List<Part> blocks(String list, List<? extends ConfigValue> elements) {
    List<Part> parts = new ArrayList<>();
    for (ConfigValue element : elements) {
      if (!(element instanceof ConfigObject block)) {
        break;
      }
      parts.add(new Part(list, parts.size(), block.toConfig()));
    }
    return List.copyOf(parts);
  }
}
