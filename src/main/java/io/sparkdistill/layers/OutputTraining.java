package io.sparkdistill.layers;

import io.sparkdistill.objective.Evaluator;
import io.sparkdistill.objective.Terms;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last layer: logits, the loss and its gradient in one pass over the rows, all row-major. */
final class OutputTraining implements Head {
  private final Weights weights;
  private final Optional<FloatBuffer> bias;
  private final Optional<FloatBuffer> biasGradient;
  private final Evaluator loss;
  private final int classes;
  private final Floats logits = new Floats();
  private final Floats delta = new Floats();
  private final float[] shift;
  private final float[] biasSum;
  private float[] z = {};
  private float[] gradient = {};
  private int rows;

  OutputTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, Evaluator loss) {
    this.weights = new Weights(parameters, gradients);
    this.bias = bias(parameters);
    this.biasGradient = bias(gradients);
    this.loss = loss;
    this.classes = weights.out();
    this.shift = new float[classes];
    this.biasSum = new float[classes];
  }

  /** Networks of users may have none. */
  private static Optional<FloatBuffer> bias(Map<String, INDArray> views) {
    return Optional.ofNullable(views.get(DefaultParamInitializer.BIAS_KEY)).map(Views::memory);
  }

  @Override
  public void resize(int count) {
    rows = count;
    logits.shape('c', rows, classes);
    delta.shape('c', rows, classes);
    weights.resize(rows);
    z = new float[rows * classes];
    gradient = new float[rows * classes];
  }

  @Override
  public double loss(INDArray batch, float[] targets, Step step) {
    weights.forward(batch, logits.array());
    logits.memory().get(0, z, 0, z.length);
    bias.ifPresent(values -> values.get(0, shift));
    for (int i = 0; i < z.length; i++) {
      z[i] += shift[i % classes];
    }
    double sum = loss.evaluate(targets, z, rows, classes, step.iteration(), gradient);
    Arrays.fill(biasSum, 0);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < classes; i++) {
        biasSum[i] += gradient[row * classes + i];
      }
    }
    delta.memory().put(0, gradient, 0, gradient.length);
    biasGradient.ifPresent(values -> values.put(0, biasSum));
    weights.backward(delta.array());
    return sum;
  }

  @Override
  public Terms terms() {
    return loss.terms();
  }

  @Override
  public INDArray inputGradient() {
    return weights.inputGradient(delta.array());
  }
}
