package io.sparkdistill.evaluation;

import io.sparkdistill.math.Distributions;
import java.io.Serializable;
import java.util.List;

/**
 * Sums over rows from which a model's metrics follow; those of parts add up. The same few numbers
 * whatever the number of classes. Not thread-safe.
 */
final class ModelTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BEST = 5;

  private final Reliability reliability = new Reliability();
  private int classes;
  private long rows;
  private long errors;
  private long amongBest;
  private long agreements;
  private long teacherErrors;
  private long sharedErrors;
  private double nll;
  private double brier;
  private double klToTeacher;
  private double reverseKlToTeacher;

  void add(Answer own, Answer teacher, int label) {
    boolean right = own.predicted() == label;
    boolean agrees = own.predicted() == teacher.predicted();
    boolean teacherIsWrong = teacher.predicted() != label;
    classes = own.logits().length;
    rows++;
    amongBest += own.hasAmongBest(label, BEST) ? 1 : 0;
    agreements += agrees ? 1 : 0;
    teacherErrors += teacherIsWrong ? 1 : 0;
    sharedErrors += teacherIsWrong && agrees ? 1 : 0;
    nll -= own.logP()[label];
    brier += own.brier(label);
    klToTeacher += Distributions.kl(teacher.logP(), own.logP());
    reverseKlToTeacher += Distributions.kl(own.logP(), teacher.logP());
    if (right) {
      reliability.addRight(own.confidence());
    } else {
      errors++;
      reliability.addWrong(own.confidence());
    }
  }

  void addAll(ModelTally other) {
    reliability.addAll(other.reliability);
    classes = Math.max(classes, other.classes);
    rows += other.rows;
    errors += other.errors;
    amongBest += other.amongBest;
    agreements += other.agreements;
    teacherErrors += other.teacherErrors;
    sharedErrors += other.sharedErrors;
    nll += other.nll;
    brier += other.brier;
    klToTeacher += other.klToTeacher;
    reverseKlToTeacher += other.reverseKlToTeacher;
  }

  long rows() {
    return rows;
  }

  long errors() {
    return errors;
  }

  double accuracy() {
    return ModelMetrics.rounded(1 - (double) errors / rows);
  }

  /** Whether there are more classes than the five that {@link #top5Accuracy} forgives. */
  boolean areManyClasses() {
    return classes > BEST;
  }

  /** Share of rows whose label is among the five most probable classes. */
  double top5Accuracy() {
    return mean((double) amongBest);
  }

  /** Mean negative log-likelihood of the labels, in nats. */
  double nll() {
    return mean(nll);
  }

  /** Mean squared distance of the probabilities from the labels, 0 to 2. */
  double brier() {
    return mean(brier);
  }

  /** Expected calibration error, 0 to 1. */
  double ece() {
    return ModelMetrics.rounded(reliability.ece(rows));
  }

  List<ReliabilityBin> bins() {
    return reliability.bins();
  }

  /** Share of rows where model and teacher name the same class. */
  double agreement() {
    return mean((double) agreements);
  }

  /** Whether there is a row where the teacher's class is not the label. */
  boolean teacherErrs() {
    return teacherErrors > 0;
  }

  /** Share of such rows where model and teacher name the same class. */
  double agreementOnTeacherErrors() {
    return ModelMetrics.rounded((double) sharedErrors / teacherErrors);
  }

  /** Mean KL(teacher ‖ model) at temperature 1, in nats. */
  double klToTeacher() {
    return mean(klToTeacher);
  }

  /** Mean KL(model ‖ teacher) at temperature 1, in nats. */
  double reverseKlToTeacher() {
    return mean(reverseKlToTeacher);
  }

  private double mean(double sum) {
    return ModelMetrics.rounded(sum / rows);
  }
}
