package io.sparkdistill.layers;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer of Deeplearning4j as it is. */
final class StockTraining implements TrainingLayer {
  private final Layer layer;
  private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
  private INDArray inputGradient = Nd4j.empty();

  StockTraining(Layer layer) {
    this.layer = layer;
    // Its input is what the layer below has given, which takes its own derivative from that.
    layer.allowInputModification(false);
  }

  @Override
  public void resize(int rows) {
    layer.setInputMiniBatchSize(rows);
  }

  @Override
  public INDArray forward(INDArray input, Step step) {
    layer.setIterationCount(step.iteration());
    layer.setInput(input, memory);
    return layer.activate(true, memory);
  }

  @Override
  public void backward(INDArray gradient) {
    inputGradient = layer.backpropGradient(gradient, memory).getSecond();
    layer.clear();
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient;
  }
}
