package io.sparkdistill.objective;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link HintonObjective} as a Deeplearning4j loss: labels are [rows, 2C] (the one-hot label beside
 * the teacher's logits), the output layer gives logits, so its activation must be the identity. Can
 * be serialised by Java and as JSON. Thread-safe.
 */
public final class HintonLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double temperature;
  private final double softWeight;

  /**
   * A loss.
   *
   * @param temperature T, greater than 0
   * @param softWeight share of the soft loss, 0 to 1
   */
  @JsonCreator
  public HintonLoss(
      @JsonProperty("temperature") double temperature,
      @JsonProperty("softWeight") double softWeight) {
    this.temperature = temperature;
    this.softWeight = softWeight;
  }

  /**
   * T, for the JSON form.
   *
   * @return as constructed
   */
  @JsonProperty("temperature")
  public double temperature() {
    return temperature;
  }

  /**
   * The share of the soft loss, for the JSON form.
   *
   * @return as constructed
   */
  @JsonProperty("softWeight")
  public double softWeight() {
    return softWeight;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = evaluate(labels, preOutput, activation, mask).scores().sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return evaluate(labels, preOutput, activation, mask).scores();
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return evaluate(labels, preOutput, activation, mask).gradient();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    Evaluated all = evaluate(labels, preOutput, activation, mask);
    double sum = all.scores().sumNumber().doubleValue();
    return Pair.of(average ? sum / preOutput.size(0) : sum, all.gradient());
  }

  @Override
  @JsonIgnore
  public String name() {
    return "hinton";
  }

  /**
   * The same loss on plain arrays.
   *
   * @return row by row
   */
  @JsonIgnore
  public HintonObjective objective() {
    return new HintonObjective(temperature, softWeight);
  }

  private record Evaluated(INDArray scores, INDArray gradient) {}

  private Evaluated evaluate(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    if (!(activation instanceof ActivationIdentity) || mask != null) {
      throw new IllegalArgumentException(
          "Hinton's loss takes logits without a mask: activation " + activation);
    }
    int rows = (int) preOutput.size(0);
    int classes = (int) preOutput.size(1);
    if (labels.size(0) != rows || labels.size(1) != 2L * classes) {
      throw new IllegalArgumentException(
          "Hinton's loss takes labels and teacher logits side by side: labels "
              + labels.shapeInfoToString()
              + ", output "
              + preOutput.shapeInfoToString());
    }
    HintonObjective objective = objective();
    float[] targets = floats(labels);
    float[] logits = floats(preOutput);
    float[] gradient = new float[rows * classes];
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = objective.row(targets, logits, row, classes, gradient);
    }
    return new Evaluated(
        Nd4j.createFromArray(scores).reshape(rows, 1),
        Nd4j.create(gradient, new long[] {rows, classes}, 'c').castTo(preOutput.dataType()));
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
