package io.sparkdistill.objective;

/**
 * Attention transfer: Zagoruyko and Komodakis, "Paying More Attention to Attention" (2017),
 * equation 2, with maps of squared activations. Where a layer's channel c has the value A[c, p] at
 * position p of P,
 *
 * <pre>
 * Q[p] = Σ A[c, p]² over channels
 * q = Q / √(Σ Q² + 10⁻¹²)
 * loss = Σ (q[p] of the student − q[p] of the teacher)² / P
 * </pre>
 *
 * <p>The mean of squares is that of the authors' code, in which the loss has the weight 1000 beside
 * cross-entropy. Maps of different sizes are first brought to the smaller height and the smaller
 * width by {@link Bilinear}. Units of dense layers are positions of one channel, and both sides
 * must have as many. A layer of zeros has no gradient.
 *
 * @param student what the layer's numbers are
 * @param teacher what the tensor's are
 */
public record AttentionMaps(LayerShape student, LayerShape teacher) implements FeatureLoss {
  private static final double LEAST = 1e-12;

  /**
   * Whether the two can be compared.
   *
   * @return true for two images, and for as many units on both sides
   */
  public boolean areAlike() {
    return student.isImage() == teacher.isImage()
        && (student.isImage() || student.channels() == teacher.channels());
  }

  /** Units are positions. */
  private static LayerShape map(LayerShape shape) {
    return shape.isImage() ? shape : new LayerShape(1, 1, shape.channels());
  }

  private int height() {
    return Math.min(map(student).height(), map(teacher).height());
  }

  private int width() {
    return Math.min(map(student).width(), map(teacher).width());
  }

  private Bilinear resizing(LayerShape from) {
    return new Bilinear(from.height(), from.width(), height(), width());
  }

  @Override
  public int studentNumbers() {
    return student.numbers();
  }

  @Override
  public int teacherNumbers() {
    return height() * width();
  }

  @Override
  public float[] target(float[] tensor) {
    LayerShape shape = map(teacher);
    double[] squares = new double[shape.positions()];
    addSquares(tensor, 0, shape, squares);
    double[] resized = new double[teacherNumbers()];
    resizing(shape).apply(squares, resized);
    double length = length(resized, resized.length);
    float[] target = new float[resized.length];
    for (int p = 0; p < target.length; p++) {
      target[p] = (float) (resized[p] / length);
    }
    return target;
  }

  @Override
  public FeatureLoss ofRows() {
    return new AttentionMaps(
        student.isImage() ? new LayerShape(1, height(), width()) : student, teacher);
  }

  @Override
  public double add(FeatureBatch batch) {
    LayerShape shape = map(student);
    Bilinear resizing = resizing(shape);
    int positions = batch.teacherNumbers;
    double[][] work = batch.work(2, Math.max(shape.positions(), positions));
    double[] squares = work[0];
    double[] resized = work[1];
    double sum = 0;
    for (int row = 0; row < batch.rows; row++) {
      int first = row * batch.studentNumbers;
      double weight = batch.weights[row];
      addSquares(batch.student, first, shape, squares);
      resizing.apply(squares, resized);
      sum += weight * slopes(resized, batch.teacher, row * positions, positions);
      resizing.back(resized, squares);
      for (int c = 0; c < shape.channels(); c++) {
        for (int p = 0; p < shape.positions(); p++) {
          int i = first + c * shape.positions() + p;
          batch.gradient[i] += (float) (2 * weight * batch.student[i] * squares[p]);
        }
      }
    }
    return sum;
  }

  private static void addSquares(float[] values, int first, LayerShape shape, double[] squares) {
    int positions = shape.positions();
    for (int p = 0; p < positions; p++) {
      double sum = 0;
      for (int c = 0; c < shape.channels(); c++) {
        double value = values[first + c * positions + p];
        sum += value * value;
      }
      squares[p] = sum;
    }
  }

  /** Gives a row's loss, and puts its derivatives by the map in the place of the map. */
  private static double slopes(double[] map, float[] target, int first, int positions) {
    double length = length(map, positions);
    double sum = 0;
    double along = 0;
    for (int p = 0; p < positions; p++) {
      double q = map[p] / length;
      double difference = q - target[first + p];
      sum += difference * difference;
      along += q * difference;
    }
    for (int p = 0; p < positions; p++) {
      double q = map[p] / length;
      map[p] = 2 * (q - target[first + p] - q * along) / (length * positions);
    }
    return sum / positions;
  }

  private static double length(double[] map, int positions) {
    double squares = LEAST;
    for (int p = 0; p < positions; p++) {
      squares += map[p] * map[p];
    }
    return Math.sqrt(squares);
  }
}
