package io.sparkdistill.layers;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout of a layer's input, by Deeplearning4j's own classes. What is dropped depends on the order
 * of the numbers, so it is the one that stock layers have.
 */
final class DropoutTraining implements TrainingLayer {
  private final IDropout dropout;
  private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
  private final Floats inputRoom = new Floats();
  private final Floats kept = new Floats();
  private INDArray inputGradient = Nd4j.empty();
  private Step now = new Step(0, 0, 0);

  DropoutTraining(IDropout dropout) {
    this.dropout = dropout;
  }

  @Override
  public void resize(int rows) {}

  @Override
  public INDArray forward(INDArray input, Step step) {
    now = step;
    INDArray result = kept.shape('c', input.shape());
    return dropout.applyDropout(
        Views.dense(input, 'c', inputRoom), result, step.iteration(), 0, memory);
  }

  @Override
  public void backward(INDArray gradient) {
    inputGradient = dropout.backprop(gradient, gradient, now.iteration(), 0);
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient;
  }
}
