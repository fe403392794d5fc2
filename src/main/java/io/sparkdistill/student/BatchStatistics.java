package io.sparkdistill.student;

import java.util.BitSet;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * Which numbers among Deeplearning4j's parameters are no such thing, but means and variances that
 * batch normalisation has seen (Ioffe and Szegedy, "Batch Normalization", 2015, section 3.1).
 */
public final class BatchStatistics {
  private BatchStatistics() {}

  /**
   * Finds them.
   *
   * @param configuration whose layers know their inputs
   * @return their places among all parameters
   */
  public static BitSet of(MultiLayerConfiguration configuration) {
    BitSet places = new BitSet();
    int end = 0;
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      end = Math.toIntExact(end + layer.getLayer().initializer().numParams(layer));
      if (layer.getLayer() instanceof BatchNormalization normalization) {
        // The last two of gamma, beta, mean and variance, of which the first two may be missing.
        places.set(Math.toIntExact(end - 2 * normalization.getNOut()), end);
      }
    }
    return places;
  }
}
