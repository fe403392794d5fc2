package io.sparkdistill.report;

import io.sparkdistill.evaluation.Comparison;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an evaluation comes to, in words.
 *
 * @param sentence how good the student is, and beside whom
 * @param chance whether its distance from baseline and incumbent may be chance; empty where that
 *     was not looked at
 */
public record Verdict(String sentence, Optional<String> chance) {
  /** Differences that are less probable by chance than this are taken for differences. */
  private static final double SIGNIFICANT = 0.05;

  private static final List<String> COMPARED = List.of(Metrics.BASELINE, Metrics.INCUMBENT);

  /**
   * Judges a student.
   *
   * @param metrics with a student, as all metrics have
   * @return what to say first
   */
  public static Verdict of(Metrics metrics) {
    String chance =
        metrics.comparisons().stream()
            .filter(pair -> pair.model().equals(Metrics.STUDENT))
            .filter(pair -> COMPARED.contains(pair.other()))
            .map(Verdict::chance)
            .collect(Collectors.joining(" "));
    return new Verdict(sentence(metrics), Optional.of(chance).filter(text -> !text.isEmpty()));
  }

  private static String sentence(Metrics metrics) {
    ModelMetrics student = metrics.models().get(Metrics.STUDENT);
    Optional<ModelMetrics> baseline = Optional.ofNullable(metrics.models().get(Metrics.BASELINE));
    Optional<ModelMetrics> teacher = Optional.ofNullable(metrics.models().get(Metrics.TEACHER));
    List<String> beside = new ArrayList<>();
    baseline.ifPresent(
        other -> beside.add(difference(student.errors() - other.errors()) + " the baseline"));
    teacher.ifPresent(
        other -> beside.add(difference(student.errors() - other.errors()) + " the teacher"));
    return "The student makes "
        + errors(student.errors())
        + " on "
        + Numbers.count(metrics.testRows())
        + " test rows"
        + (beside.isEmpty()
            ? ", and is right in " + Numbers.percent(student.accuracy()) + " of them"
            : ", " + String.join(" and ", beside))
        + metrics.closedGap().map(Verdict::closed).orElse("")
        + ".";
  }

  private static String errors(long errors) {
    return errors == 1 ? "1 error" : Numbers.count(errors) + " errors";
  }

  private static String difference(long more) {
    if (more == 0) {
      return "as many as";
    }
    return more < 0 ? Numbers.count(-more) + " fewer than" : Numbers.count(more) + " more than";
  }

  private static String closed(double share) {
    if (share <= 0) {
      return ": it closes nothing of the gap between them";
    }
    return share >= 1
        ? ": it closes all of the gap between them"
        : ": it closes " + Numbers.wholePercent(share) + " of the gap between them";
  }

  private static String chance(Comparison pair) {
    String test = "McNemar’s test, " + Numbers.p(pair.pValue());
    return "Student and "
        + pair.other()
        + " differ by "
        + (pair.pValue() < SIGNIFICANT ? "more" : "no more")
        + " than chance explains ("
        + test
        + ").";
  }
}
