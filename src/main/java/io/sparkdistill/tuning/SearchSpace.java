package io.sparkdistill.tuning;

import io.sparkdistill.config.ParameterConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** All combinations of values of some keys. Immutable and thread-safe. */
final class SearchSpace {
  private static final MathContext DIGITS = new MathContext(4);

  private final List<ParameterConfig> parameters;

  SearchSpace(List<ParameterConfig> parameters) {
    this.parameters =
        parameters.stream().sorted(Comparator.comparing(ParameterConfig::key)).toList();
  }

  /**
   * Each value with each.
   *
   * @throws IllegalArgumentException if there are ranges
   */
  List<SortedMap<String, String>> grid() {
    List<SortedMap<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
    for (ParameterConfig parameter : parameters) {
      if (!(parameter instanceof ParameterConfig.Choice choice)) {
        throw new IllegalArgumentException(parameter.key());
      }
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> one : all) {
        for (String value : choice.values()) {
          SortedMap<String, String> with = new TreeMap<>(one);
          with.put(choice.key(), value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  /** Independent draws, some of them perhaps equal; more draws of a seed begin with the same. */
  List<SortedMap<String, String>> draws(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SortedMap<String, String>> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SortedMap<String, String> draw = new TreeMap<>();
      for (ParameterConfig parameter : parameters) {
        draw.put(parameter.key(), draw(parameter, random));
      }
      draws.add(draw);
    }
    return draws;
  }

  private static String draw(ParameterConfig parameter, SplittableRandom random) {
    if (parameter instanceof ParameterConfig.Choice choice) {
      return choice.values().get(random.nextInt(choice.values().size()));
    }
    ParameterConfig.Range range = (ParameterConfig.Range) parameter;
    return range.numbers() == ParameterConfig.Numbers.WHOLE
        ? Long.toString(whole(range, random.nextDouble()))
        : text(real(range, random.nextDouble()));
  }

  private static double real(ParameterConfig.Range range, double uniform) {
    double at = position(range.scale(), range.from(), range.to(), uniform);
    return between(range, new BigDecimal(at).round(DIGITS).doubleValue());
  }

  /** Half a number more on both sides, so that all have their share. */
  private static long whole(ParameterConfig.Range range, double uniform) {
    double at = position(range.scale(), range.from() - 0.5, range.to() + 0.5, uniform);
    return (long) between(range, Math.rint(at));
  }

  private static double position(
      ParameterConfig.Scale scale, double from, double to, double uniform) {
    return switch (scale) {
      case LINEAR -> from + uniform * (to - from);
      case LOG -> Math.exp(Math.log(from) + uniform * (Math.log(to) - Math.log(from)));
    };
  }

  private static double between(ParameterConfig.Range range, double value) {
    return Math.max(range.from(), Math.min(range.to(), value));
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
