package io.sparkdistill.layers;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What Deeplearning4j puts between layers of different kinds, mostly another shape. */
final class PreProcessorTraining implements TrainingLayer {
  private final InputPreProcessor processor;
  private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
  private INDArray inputGradient = Nd4j.empty();
  private int rows;

  PreProcessorTraining(InputPreProcessor processor) {
    this.processor = processor;
  }

  @Override
  public void resize(int count) {
    rows = count;
  }

  @Override
  public INDArray forward(INDArray input, Step step) {
    return processor.preProcess(input, rows, memory);
  }

  @Override
  public void backward(INDArray gradient) {
    inputGradient = processor.backprop(gradient, rows, memory);
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient;
  }
}
