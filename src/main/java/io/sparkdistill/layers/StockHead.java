package io.sparkdistill.layers;

import io.sparkdistill.objective.Terms;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An output layer of Deeplearning4j as it is. */
final class StockHead implements Head {
  private final IOutputLayer layer;
  private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
  private INDArray inputGradient = Nd4j.empty();
  private int rows;

  StockHead(IOutputLayer layer) {
    this.layer = layer;
    // As in StockTraining.
    layer.allowInputModification(false);
  }

  @Override
  public void resize(int count) {
    rows = count;
    layer.setInputMiniBatchSize(rows);
  }

  @Override
  public double loss(INDArray input, float[] targets, Step step) {
    layer.setIterationCount(step.iteration());
    layer.setInput(input, memory);
    layer.setLabels(Nd4j.create(targets, new long[] {rows, targets.length / rows}, 'c'));
    inputGradient = layer.backpropGradient(Nd4j.empty(), memory).getSecond();
    double mean = layer.computeScore(0, true, memory);
    layer.clear();
    return mean * rows;
  }

  @Override
  public Terms terms() {
    return Terms.none();
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient;
  }
}
