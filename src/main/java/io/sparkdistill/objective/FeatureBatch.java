package io.sparkdistill.objective;

import java.util.Arrays;

/**
 * Room for a layer's numbers on the rows of a batch, the tensor's beside them, and what comes of
 * comparing the two. Memory is taken when rows become more, and never else. Not thread-safe.
 */
public final class FeatureBatch {
  int rows;
  int studentNumbers;
  int teacherNumbers;
  float[] student = {};
  float[] teacher = {};
  float[] gradient = {};
  double[] weights = {};
  private double[][] work = {};

  /** Takes no memory yet. */
  public FeatureBatch() {}

  /**
   * Makes room for rows that a loss compares; the gradient is 0, and each row counts once.
   *
   * @param count how many rows
   * @param loss that will compare them
   */
  public void make(int count, FeatureLoss loss) {
    rows = count;
    studentNumbers = loss.studentNumbers();
    teacherNumbers = loss.teacherNumbers();
    if (student.length < count * studentNumbers || teacher.length < count * teacherNumbers) {
      student = new float[count * studentNumbers];
      teacher = new float[count * teacherNumbers];
      gradient = new float[count * studentNumbers];
    }
    if (weights.length < count) {
      weights = new double[count];
    }
    Arrays.fill(weights, 0, count, 1);
    Arrays.fill(gradient, 0, count * studentNumbers, 0);
  }

  /**
   * The student's side, to be written.
   *
   * @return row by row; what stands behind the rows has no meaning
   */
  public float[] student() {
    return student;
  }

  /**
   * The teacher's side, to be written.
   *
   * @return row by row, as {@link FeatureLoss#target} gives them
   */
  public float[] teacher() {
    return teacher;
  }

  /**
   * How often each row counts, 0 or more, to be written.
   *
   * @return of each row
   */
  public double[] weights() {
    return weights;
  }

  /**
   * Derivatives of the loss by the student's numbers.
   *
   * @return row by row, in the student's order
   */
  public float[] gradient() {
    return gradient;
  }

  /** So many arrays of at least so many numbers, of no meaning. */
  double[][] work(int arrays, int length) {
    if (work.length < arrays || work[0].length < length) {
      work = new double[arrays][length];
    }
    return work;
  }
}
