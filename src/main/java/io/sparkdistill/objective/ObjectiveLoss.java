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
 * A {@link Goal} as a Deeplearning4j loss: labels are [rows, 2C] (the label beside the teacher's
 * logits, as an {@link Evaluator} takes them), the output layer gives logits, so its activation
 * must be the identity. Deeplearning4j does not say which step it is, so schedules stand at their
 * end. Can be serialised by Java and as JSON. Thread-safe.
 */
public final class ObjectiveLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final Goal objective;

  /**
   * A loss.
   *
   * @param objective what it computes
   */
  @JsonCreator
  public ObjectiveLoss(@JsonProperty("objective") Goal objective) {
    this.objective = objective;
  }

  /**
   * The same loss on plain arrays; also for the JSON form.
   *
   * @return as constructed
   */
  @JsonProperty("objective")
  public Goal objective() {
    return objective;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = evaluate(labels, preOutput, activation, mask).sum();
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
    return Pair.of(average ? all.sum() / preOutput.size(0) : all.sum(), all.gradient());
  }

  @Override
  @JsonIgnore
  public String name() {
    return "objective";
  }

  private record Evaluated(double sum, INDArray scores, INDArray gradient) {}

  private Evaluated evaluate(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    if (!(activation instanceof ActivationIdentity) || mask != null) {
      throw new IllegalArgumentException(
          "An objective takes logits without a mask: activation " + activation);
    }
    int rows = (int) preOutput.size(0);
    int classes = (int) preOutput.size(1);
    if (labels.size(0) != rows || labels.size(1) != 2L * classes) {
      throw new IllegalArgumentException(
          "An objective takes labels and teacher logits side by side: labels "
              + labels.shapeInfoToString()
              + ", output "
              + preOutput.shapeInfoToString());
    }
    Evaluator evaluator = objective.evaluator();
    float[] gradient = new float[rows * classes];
    double sum =
        evaluator.evaluate(
            floats(labels), floats(preOutput), rows, classes, Evaluator.END, gradient);
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = evaluator.score(row);
    }
    return new Evaluated(
        sum,
        Nd4j.createFromArray(scores).reshape(rows, 1),
        Nd4j.create(gradient, new long[] {rows, classes}, 'c').castTo(preOutput.dataType()));
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
