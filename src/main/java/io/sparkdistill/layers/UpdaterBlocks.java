package io.sparkdistill.layers;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;

/** Neighbouring parameters that Deeplearning4j updates by one rule. Stateless. */
final class UpdaterBlocks {
  private UpdaterBlocks() {}

  static List<UpdaterBlock> of(MultiLayerNetwork network) {
    return ((BaseMultiLayerUpdater<?>) network.getUpdater()).getUpdaterBlocks();
  }

  /** The rule of all of a block. */
  static IUpdater rule(UpdaterBlock block) {
    UpdaterBlock.ParamState first = block.getLayersAndVariablesInBlock().get(0);
    return first.getLayer().getConfig().getUpdaterByParam(first.getParamName());
  }
}
