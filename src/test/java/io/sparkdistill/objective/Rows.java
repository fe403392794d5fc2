package io.sparkdistill.objective;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.ScheduleConfig;
import java.util.Arrays;

/** Answers of a student and a teacher to some rows, and the right ones. */
final class Rows {
  private final float[][] student;
  private final float[][] teacher;
  private final int[] labels;

  Rows(float[][] student, float[][] teacher, int[] labels) {
    this.student = student;
    this.teacher = teacher;
    this.labels = labels;
  }

  static Rows of(float[] student, float[] teacher, int label) {
    return new Rows(new float[][] {student}, new float[][] {teacher}, new int[] {label});
  }

  int count() {
    return labels.length;
  }

  int classes() {
    return student[0].length;
  }

  float[] student(int row) {
    return student[row];
  }

  float[] teacher(int row) {
    return teacher[row];
  }

  int label(int row) {
    return labels[row];
  }

  Rows withTeacher(float[][] other) {
    return new Rows(student, other, labels);
  }

  /** With the student's answers for the teacher's. */
  Rows agreed() {
    return withTeacher(student);
  }

  /** With other numbers added to all answers to a row. */
  Rows shifted(float ofStudent, float ofTeacher) {
    return new Rows(plus(student, ofStudent), plus(teacher, ofTeacher), labels);
  }

  Rows moved(int row, int place, float distance) {
    float[][] moved = plus(student, 0);
    moved[row][place] += distance;
    return new Rows(moved, teacher, labels);
  }

  private static float[][] plus(float[][] rows, float shift) {
    float[][] result = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      result[row] = rows[row].clone();
      for (int i = 0; i < result[row].length; i++) {
        result[row][i] += shift;
      }
    }
    return result;
  }

  static Objective objective(SoftLoss soft, double temperature, double softWeight) {
    return new Objective(
        soft,
        Schedule.of(ScheduleConfig.constant(temperature), 1, 1),
        Schedule.of(ScheduleConfig.constant(softWeight), 1, 1),
        Adaptation.of(AdaptationConfig.none()));
  }

  double loss(Objective objective) {
    return evaluate(objective, new float[count() * classes()]);
  }

  float[] gradient(Objective objective) {
    float[] gradient = new float[count() * classes()];
    evaluate(objective, gradient);
    return gradient;
  }

  private double evaluate(Objective objective, float[] gradient) {
    return objective
        .evaluator()
        .evaluate(targets(), logits(), count(), classes(), Evaluator.END, gradient);
  }

  float[] logits() {
    float[] logits = new float[count() * classes()];
    for (int row = 0; row < count(); row++) {
      System.arraycopy(student[row], 0, logits, row * classes(), classes());
    }
    return logits;
  }

  float[] targets() {
    int classes = classes();
    float[] targets = new float[count() * 2 * classes];
    for (int row = 0; row < count(); row++) {
      targets[2 * row * classes + labels[row]] = 1;
      System.arraycopy(teacher[row], 0, targets, (2 * row + 1) * classes, classes);
    }
    return targets;
  }

  /** The slope of the loss along one logit, from differences over two distances. */
  double slope(Objective objective, int row, int place) {
    return (4 * slope(objective, row, place, 1f / 128) - slope(objective, row, place, 1f / 64)) / 3;
  }

  private double slope(Objective objective, int row, int place, float step) {
    Rows above = moved(row, place, step);
    Rows below = moved(row, place, -step);
    return (above.loss(objective) - below.loss(objective))
        / ((double) above.student[row][place] - below.student[row][place]);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(student)
        + " "
        + Arrays.deepToString(teacher)
        + " "
        + Arrays.toString(labels);
  }
}
