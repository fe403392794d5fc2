package io.sparkdistill.layers;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Applies Deeplearning4j's constraints, whichever they are, after another update. */
record ConstrainedUpdate(ParameterUpdate update, MultiLayerNetwork network)
    implements ParameterUpdate {
  @Override
  public void apply(Step step, int rows) {
    update.apply(step, rows);
    network.applyConstraints(step.iteration(), 0);
  }
}
