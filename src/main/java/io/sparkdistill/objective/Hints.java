package io.sparkdistill.objective;

import java.util.Optional;

/**
 * Hints: Romero and others, "FitNets: Hints for Thin Deep Nets" (2015), equation 3, with the mean
 * in the place of half the sum. For a row with the student's layer s, the teacher's tensor t of M
 * numbers, and a linear regressor r that learns with the student,
 *
 * <pre>
 * loss = Σ (r(s) − t)² / M
 * dloss/dr(s) = 2 (r(s) − t) / M
 * </pre>
 *
 * <p>Where both are images of one height and width, r has the same weights at each position, as a
 * convolution with filters of one pixel; else it maps all numbers to all.
 *
 * @param student what the layer's numbers are
 * @param teacher what the tensor's are
 */
public record Hints(LayerShape student, LayerShape teacher) implements FeatureLoss {
  private int positions() {
    return student.hasPositionsOf(teacher) ? student.positions() : 1;
  }

  @Override
  public int studentNumbers() {
    return teacher.numbers();
  }

  @Override
  public int teacherNumbers() {
    return teacher.numbers();
  }

  @Override
  public Optional<Regression> regression() {
    int positions = positions();
    return Optional.of(
        new Regression(positions, student.numbers() / positions, teacher.numbers() / positions));
  }

  /** Position by position, each with all channels, as the regressor gives them. */
  @Override
  public float[] target(float[] tensor) {
    int positions = positions();
    if (positions == 1) {
      return tensor;
    }
    int channels = tensor.length / positions;
    float[] target = new float[tensor.length];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < positions; p++) {
        target[p * channels + c] = tensor[c * positions + p];
      }
    }
    return target;
  }

  @Override
  public FeatureLoss ofRows() {
    return new Hints(
        positions() == 1
            ? LayerShape.flat(1)
            : new LayerShape(1, teacher.height(), teacher.width()),
        teacher);
  }

  @Override
  public double add(FeatureBatch batch) {
    int numbers = batch.teacherNumbers;
    double sum = 0;
    for (int row = 0; row < batch.rows; row++) {
      double weight = batch.weights[row];
      for (int i = row * numbers; i < (row + 1) * numbers; i++) {
        double difference = (double) batch.student[i] - batch.teacher[i];
        sum += weight * difference * difference;
        batch.gradient[i] += (float) (2 * weight * difference / numbers);
      }
    }
    return sum / numbers;
  }
}
