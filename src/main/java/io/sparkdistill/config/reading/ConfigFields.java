package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.failure.Secrets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads typed values from one block and notes every problem instead of stopping at the first; a
 * value that has a problem is replaced by a harmless one, which nobody sees because the reader
 * throws in the end. Not thread-safe.
 */
final class ConfigFields {
  private static final double GREATER_THAN_ZERO = 1e-12;
  private static final double BELOW_ONE = Math.nextDown(1.0);
  private static final double MOST_WEIGHT = 1e6;
  private static final int MOST_SIZE = 65_536;

  /** What names that become parts of paths may be. */
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private final Config config;
  private final String file;
  private final String prefix;
  private final List<Problem> problems;
  private final Set<String> read;

  ConfigFields(Config config, String file) {
    this(config, file, "", new ArrayList<>(), new TreeSet<>());
  }

  private ConfigFields(
      Config config, String file, String prefix, List<Problem> problems, Set<String> read) {
    this.config = config;
    this.file = file;
    this.prefix = prefix;
    this.problems = problems;
    this.read = read;
  }

  /** The same notes, for another block whose keys are reported below {@code prefix}. */
  ConfigFields within(Config block, String blockPrefix) {
    return new ConfigFields(block, file, blockPrefix, problems, read);
  }

  List<Problem> problems() {
    return problems;
  }

  /** Every key that was asked for so far. */
  Set<String> read() {
    return read;
  }

  void problem(String key, String text) {
    String where = config.hasPath(key) ? Origins.describe(raw(key).origin()) : file;
    problems.add(new Problem(prefix + key, where, text));
  }

  boolean has(String key) {
    read.add(prefix + key);
    return config.hasPath(key);
  }

  /** Whether nothing is wrong with a value so far; else it has one that nobody gave. */
  boolean isSound(String key) {
    return problems.stream().noneMatch(problem -> problem.key().equals(prefix + key));
  }

  /** Whether a value stands in what the user gave, and not in {@code reference.conf} alone. */
  boolean isGiven(String key) {
    return has(key) && !Origins.isDefault(raw(key).origin());
  }

  /** Whether a value is this text. */
  boolean is(String key, String text) {
    return has(key) && raw(key).unwrapped().equals(text);
  }

  /** The keys of a block, where the value is one. */
  Optional<ConfigFields> block(String key) {
    return has(key) && raw(key) instanceof ConfigObject block
        ? Optional.of(within(block.toConfig(), prefix + key + "."))
        : Optional.empty();
  }

  /** The elements of a list, where the value is one. */
  Optional<ConfigList> list(String key) {
    return has(key) && raw(key) instanceof ConfigList list ? Optional.of(list) : Optional.empty();
  }

  /** Reports the keys of this block that do not exist. */
  void only(Set<String> known) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        UnknownKeys.report(this, prefix + key, config.root().get(key), known);
      }
    }
  }

  String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, ""));
  }

  Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    ConfigValueType type = raw(key).valueType();
    if (type == ConfigValueType.OBJECT || type == ConfigValueType.LIST) {
      problem(key, "expected text, found " + describe(raw(key)));
      return Optional.of("");
    }
    String value = config.getString(key);
    if (value.isBlank()) {
      problem(key, "expected text, found nothing between the quotes");
    }
    return Optional.of(value);
  }

  int wholeNumber(String key, int least, int most) {
    return (int) wholeNumber(key, (long) least, (long) most);
  }

  long wholeNumber(String key, long least, long most) {
    if (!has(key)) {
      return missing(key, least);
    }
    return whole(key, raw(key), least, most);
  }

  OptionalInt wholeNumberOrAuto(String key, int least, int most) {
    if (is(key, "auto")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(wholeNumber(key, least, most));
  }

  /** Where random numbers begin. */
  long seed(String key) {
    return wholeNumber(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  List<Integer> wholeNumbers(String key, int least, int most) {
    List<Integer> result = new ArrayList<>();
    if (!has(key)) {
      missing(key, 0);
    } else if (raw(key) instanceof ConfigList list) {
      list.forEach(element -> result.add((int) whole(key, element, least, most)));
    } else {
      problem(
          key, "expected a list of whole numbers such as [256, 256], found " + describe(raw(key)));
    }
    return result;
  }

  /** How many units, channels, pixels or rows. */
  List<Integer> sizes(String key) {
    return wholeNumbers(key, 1, MOST_SIZE);
  }

  /** The size of an image: height and width, or channels, height and width; empty for a square. */
  List<Integer> image(String key) {
    List<Integer> sizes = sizes(key);
    if (sizes.size() == 1 || sizes.size() > 3) {
      problem(
          key,
          "expected [height, width] or [channels, height, width], found "
              + sizes.size()
              + (sizes.size() == 1 ? " number" : " numbers"));
    }
    return sizes;
  }

  /** A list of texts, each once. */
  List<String> names(String key) {
    List<String> result = new ArrayList<>();
    if (!has(key)) {
      return missing(key, List.of());
    }
    if (raw(key) instanceof ConfigList list) {
      list.forEach(element -> result.add(String.valueOf(element.unwrapped())));
    }
    if (!(raw(key) instanceof ConfigList)
        || result.stream().anyMatch(String::isBlank)
        || result.size() != Set.copyOf(result).size()) {
      problem(
          key,
          "expected a list of different names such as [\"a\", \"b\"], found " + describe(raw(key)));
    }
    return result;
  }

  /** A number between two bounds, both of which are allowed. */
  double number(String key, double least, double most) {
    if (!has(key)) {
      return missing(key, least);
    }
    try {
      double value = config.getDouble(key);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (ConfigException.WrongType e) {
      // Said below, as for a number out of range.
    }
    problem(
        key, "expected a number from " + least + " to " + most + ", found " + describe(raw(key)));
    return least;
  }

  /** A number above 0. */
  double positive(String key, double most) {
    return number(key, GREATER_THAN_ZERO, most);
  }

  /** A share after which something is left: all but 1. */
  double belowOne(String key) {
    return number(key, 0, BELOW_ONE);
  }

  /** How much one of several counts; 1 where nothing is said. */
  double weight() {
    return has("weight") ? positive("weight", MOST_WEIGHT) : 1;
  }

  /** How much each of several counts; one that counts for nothing is allowed. */
  List<Double> weights(String key) {
    return numbers(key, 0, MOST_WEIGHT);
  }

  /** A number that a key has where it is not in {@code reference.conf}. */
  double numberOr(String key, double usual, double least, double most) {
    return has(key) ? number(key, least, most) : usual;
  }

  /** A list of numbers between two bounds, both of which are allowed. */
  List<Double> numbers(String key, double least, double most) {
    List<Double> result = new ArrayList<>();
    if (has(key)) {
      list(key)
          .ifPresent(list -> list.forEach(element -> numberIn(element).ifPresent(result::add)));
      boolean all = list(key).filter(list -> list.size() == result.size()).isPresent();
      if (!all || result.stream().anyMatch(value -> value < least || value > most)) {
        problem(
            key,
            "expected a list of numbers from "
                + least
                + " to "
                + most
                + " such as [1, 0.5], found "
                + config.getValue(key).render(ConfigRenderOptions.concise()));
      }
    }
    return result;
  }

  private static Optional<Double> numberIn(ConfigValue value) {
    return value.unwrapped() instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  OptionalDouble optionalNumber(String key, double least, double most) {
    return has(key) ? OptionalDouble.of(number(key, least, most)) : OptionalDouble.empty();
  }

  boolean flag(String key) {
    if (!has(key)) {
      return missing(key, false);
    }
    try {
      return config.getBoolean(key);
    } catch (ConfigException.WrongType e) {
      problem(key, "expected true or false, found " + describe(raw(key)));
      return false;
    }
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, type, Spelling::of);
  }

  /** A choice of constants that are written as their text says. */
  <E extends Enum<E>> E word(String key, Class<E> type) {
    return choice(key, type, Enum::toString);
  }

  private <E extends Enum<E>> E choice(String key, Class<E> type, Function<E, String> written) {
    E[] choices = type.getEnumConstants();
    if (!has(key)) {
      return missing(key, choices[0]);
    }
    String found = String.valueOf(raw(key).unwrapped());
    List<String> names = Arrays.stream(choices).map(written).toList();
    int index = names.indexOf(found);
    if (index < 0) {
      problem(key, "expected one of " + String.join(", ", names) + ", found " + describe(raw(key)));
      return choices[0];
    }
    return choices[index];
  }

  private long whole(String key, ConfigValue value, long least, long most) {
    if (value.unwrapped() instanceof Number || value.unwrapped() instanceof String) {
      try {
        long number = new BigDecimal(value.unwrapped().toString()).longValueExact();
        if (number >= least && number <= most) {
          return number;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // Said below, as for a number out of range.
      }
    }
    problem(
        key,
        "expected a whole number from " + least + " to " + most + ", found " + describe(value));
    return least;
  }

  private <T> T missing(String key, T substitute) {
    problem(key, "is missing and has no default");
    return substitute;
  }

  private ConfigValue raw(String key) {
    return config.getValue(key);
  }

  private static String describe(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a block";
      case LIST -> "a list";
      case NULL -> "nothing";
      case STRING -> "'" + Secrets.mask(value.unwrapped().toString()) + "'";
      case NUMBER, BOOLEAN -> value.unwrapped().toString();
    };
  }
}
