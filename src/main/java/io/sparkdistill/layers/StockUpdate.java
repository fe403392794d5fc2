package io.sparkdistill.layers;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The updater of Deeplearning4j as it is: regularisation, limits on gradients, any rule. */
final class StockUpdate implements ParameterUpdate {
  private final MultiLayerNetwork network;
  private final Gradient gradient;

  StockUpdate(MultiLayerNetwork network) {
    this.network = network;
    this.gradient = new DefaultGradient(network.getGradientsViewArray());
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        Views.gradients(layer)
            .forEach((name, view) -> gradient.setGradientFor(layer.getIndex() + "_" + name, view));
      }
    }
  }

  @Override
  public void apply(Step step, int rows) {
    network
        .getUpdater()
        .update(network, gradient, step.iteration(), 0, rows, LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = network.params();
    parameters.subi(network.getGradientsViewArray().reshape(parameters.shape()));
  }
}
