package io.sparkdistill.layers;

import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.FeatureBatch;
import io.sparkdistill.objective.FeatureLoss;
import io.sparkdistill.objective.FeatureTerm;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares a hidden layer with its target while the network is computed, and keeps the gradient
 * until it comes back to the layer. Not thread-safe.
 */
final class FeatureTap {
  private final Feature feature;
  private final FeatureLoss loss;
  private final int from;
  private final Optional<Regressor> regressor;
  private final FeatureBatch batch = new FeatureBatch();
  private final Floats inputRoom = new Floats();
  private float[] layer = {};
  private float[] gradient = {};
  private int rows;
  private double sum;
  private double squares;
  private long seen;

  /**
   * A tap.
   *
   * @param from where its target begins among the numbers that a row carries
   * @param regressor between the layer and what is compared, where there is one
   */
  FeatureTap(Feature feature, int from, Optional<Regressor> regressor) {
    this.feature = feature;
    this.loss = feature.loss();
    this.from = from;
    this.regressor = regressor;
  }

  int layer() {
    return feature.layer();
  }

  void resize(int count) {
    rows = count;
    regressor.ifPresent(map -> map.resize(count));
  }

  /**
   * Compares.
   *
   * @param activations of the layer, of all rows
   * @param targets what each row carries, for all taps
   * @param weights how often each row counts
   * @return the loss times its weight, summed over the rows
   */
  double compare(INDArray activations, float[] targets, double[] weights) {
    int numbers = (int) activations.length();
    if (layer.length != numbers) {
      layer = new float[numbers];
      gradient = new float[numbers];
    }
    Views.memory(Views.dense(activations, 'c', inputRoom)).get(0, layer);
    batch.make(rows, loss);
    System.arraycopy(weights, 0, batch.weights(), 0, rows);
    int width = loss.teacherNumbers();
    int stride = targets.length / rows;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(targets, row * stride + from, batch.teacher(), row * width, width);
    }
    double value = feature.weight() * compared();
    for (float slope : gradient) {
      squares += (double) slope * slope;
    }
    sum += value;
    seen += rows;
    return value;
  }

  /** Gives the loss without its weight, and leaves gradients that have it. */
  private double compared() {
    regressor.ifPresentOrElse(
        map -> map.forward(layer, rows, batch.student()),
        () -> System.arraycopy(layer, 0, batch.student(), 0, layer.length));
    double value = loss.add(batch);
    float[] slopes = batch.gradient();
    for (int i = 0; i < rows * loss.studentNumbers(); i++) {
      slopes[i] = (float) (feature.weight() * slopes[i]);
    }
    regressor.ifPresentOrElse(
        map -> map.backward(slopes, rows, gradient),
        () -> System.arraycopy(slopes, 0, gradient, 0, gradient.length));
    return value;
  }

  /** Adds the gradient by the layer to numbers in its order. */
  void addTo(float[] numbers) {
    for (int i = 0; i < gradient.length; i++) {
      numbers[i] += gradient[i];
    }
  }

  /** What it was since this was last asked, or ever. */
  FeatureTerm term() {
    FeatureTerm term = new FeatureTerm(feature.name(), sum, squares, seen);
    sum = 0;
    squares = 0;
    seen = 0;
    return term;
  }
}
