package io.sparkdistill.hinton;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a training of the experiment came to.
 *
 * @param variant its name
 * @param seed of it, and of its teacher
 * @param configuration SHA-256 of all that was configured but seed and places
 * @param epochs of the student
 * @param minutes that it took, and all that it needed; 0 where it went on from an earlier run
 * @param processors that it had
 * @param testRows rows that models were judged on
 * @param errors of these, by model: teacher, student, and baseline where there is one
 * @param digits test rows of each class, and those of them that the student gets wrong
 * @param biases by class, what was added to its bias, in logits; empty where nothing was
 */
record Outcome(
    String variant,
    long seed,
    String configuration,
    int epochs,
    double minutes,
    int processors,
    long testRows,
    Map<String, Long> errors,
    List<Digit> digits,
    Map<String, Double> biases) {
  /** Copies, in the order of names. */
  Outcome {
    errors = new TreeMap<>(errors);
    digits = List.copyOf(digits);
    biases = new TreeMap<>(biases);
  }

  /**
   * A class of the test set.
   *
   * @param rows of it
   * @param wrong those that are taken for others
   */
  record Digit(long rows, long wrong) {
    double right() {
      return 1 - (double) wrong / rows;
    }
  }

  /** Errors of a model. */
  long errorsOf(String model) {
    return errors.get(model);
  }

  /** The share of the gap between baseline and teacher that the student closes. */
  double gapClosure() {
    double gap = errorsOf("baseline") - errorsOf("teacher");
    return (errorsOf("baseline") - errorsOf("student")) / gap;
  }

  /** The same with a time that was measured before, where this run did not do it all. */
  Outcome timedAs(Outcome before) {
    boolean same =
        minutes == 0 && configuration.equals(before.configuration) && errors.equals(before.errors);
    return same
        ? new Outcome(
            variant,
            seed,
            configuration,
            epochs,
            before.minutes,
            before.processors,
            testRows,
            errors,
            digits,
            biases)
        : this;
  }
}
