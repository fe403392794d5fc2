package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.objective.Terms;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Notices when one term of the loss moves the student so much more than the other that the other
 * does nothing. Says it once. Says nothing where the weight is on a way that ends, or begins, with
 * one of them. Not thread-safe.
 */
final class TermWatch {
  private static final double TIMES = 100;

  private final String name;
  private final boolean isMeant;
  private boolean said;

  /**
   * For a training.
   *
   * @param name of it
   * @param softWeight of the comparison with the teacher
   */
  TermWatch(String name, ScheduleConfig softWeight) {
    this.name = name;
    this.isMeant = !softWeight.isConstant() && (isOne(softWeight.from()) || isOne(softWeight.to()));
  }

  /** Whether a weight leaves little but one of the terms. */
  private static boolean isOne(double weight) {
    return Math.max(weight, 1 - weight) >= TIMES * Math.min(weight, 1 - weight);
  }

  /** What is to be said after a round. */
  Optional<String> after(int round, Terms terms) {
    double soft = terms.softGradient();
    double hard = terms.hardGradient();
    if (said || isMeant || !terms.areTwo() || Math.max(soft, hard) < TIMES * Math.min(soft, hard)) {
      return Optional.empty();
    }
    said = true;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s learns from %s alone, in round %d their gradient is %.0f times that of %s: %.3g"
                + " and %.3g. Change objective.softWeight, unless this is meant.",
            name,
            soft > hard ? "the teacher's answers" : "the labels",
            round,
            Math.max(soft, hard) / Math.min(soft, hard),
            soft > hard ? "the labels" : "the teacher's answers",
            Math.max(soft, hard),
            Math.min(soft, hard)));
  }

  /** A round's terms in short; empty where there is but one. */
  static String note(Terms terms) {
    return ofLogits(terms)
        + terms.features().stream()
            .map(
                term ->
                    String.format(
                        Locale.ROOT,
                        ", %s %.4f (gradient %.3g)",
                        term.name(),
                        term.loss(),
                        term.gradient()))
            .collect(Collectors.joining())
        + terms.heads().stream()
            .map(
                head ->
                    String.format(
                        Locale.ROOT,
                        ", %s soft %.4f hard %.4f",
                        head.name(),
                        head.terms().softLoss(),
                        head.terms().hardLoss()))
            .collect(Collectors.joining());
  }

  private static String ofLogits(Terms terms) {
    return terms.areTwo()
        ? String.format(
            Locale.ROOT,
            " = soft %.4f + hard %.4f, gradients %.3g and %.3g",
            terms.softLoss(),
            terms.hardLoss(),
            terms.softGradient(),
            terms.hardGradient())
        : "";
  }
}
