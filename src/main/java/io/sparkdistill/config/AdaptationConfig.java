package io.sparkdistill.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a row's teacher decides about that row.
 *
 * @param temperatureBy what decides its temperature
 * @param softWeightBy what decides the share of its comparison with the teacher
 * @param whenTeacherIsWrong what becomes of that share where the label is another class
 */
public record AdaptationConfig(
    TemperatureBy temperatureBy, SoftWeightBy softWeightBy, WhenTeacherIsWrong whenTeacherIsWrong) {
  /** What decides a row's temperature. */
  public enum TemperatureBy {
    /** Nothing: all rows have the same. */
    NONE,
    /** How undecided the teacher is. */
    ENTROPY
  }

  /** What decides a row's soft weight. */
  public enum SoftWeightBy {
    /** Nothing: all rows have the same. */
    NONE,
    /** How probable the teacher's best class is to it. */
    CONFIDENCE,
    /** How probable the label is to the teacher. */
    CORRECTNESS
  }

  /** What becomes of the soft weight of a row whose label is not the teacher's best class. */
  public enum WhenTeacherIsWrong {
    /** It stays. */
    KEEP,
    /** It is as many times smaller as the label is less probable than the best class. */
    DOWNWEIGHT,
    /** It is 0, and the label has all. */
    IGNORE
  }

  /**
   * All rows alike.
   *
   * @return the defaults
   */
  public static AdaptationConfig none() {
    return new AdaptationConfig(TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.KEEP);
  }

  /**
   * What differs from the defaults.
   *
   * @return values by key, without {@code objective.}
   */
  public Map<String, String> differences() {
    Map<String, String> differences = new TreeMap<>();
    if (temperatureBy != TemperatureBy.NONE) {
      differences.put("temperatureBy", Spelling.of(temperatureBy));
    }
    if (softWeightBy != SoftWeightBy.NONE) {
      differences.put("softWeightBy", Spelling.of(softWeightBy));
    }
    if (whenTeacherIsWrong != WhenTeacherIsWrong.KEEP) {
      differences.put("whenTeacherIsWrong", Spelling.of(whenTeacherIsWrong));
    }
    return differences;
  }
}
