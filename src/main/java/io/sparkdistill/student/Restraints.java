package io.sparkdistill.student;

import io.sparkdistill.config.RegularisationConfig;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * Regularisation of a network's layers, which must come in order: Deeplearning4j drops inputs of
 * layers, so that units are dropped by the layer above theirs. Not thread-safe.
 */
final class Restraints {
  private final RegularisationConfig config;

  /** The probability with which what the next layer is shown is dropped. */
  private double dropped;

  Restraints(RegularisationConfig config) {
    this.config = config;
    this.dropped = config.inputDropout();
  }

  ConvolutionLayer.Builder on(ConvolutionLayer.Builder layer) {
    drop(layer);
    dropped = 0;
    limit(layer, ofFilter());
    return layer;
  }

  DenseLayer.Builder on(DenseLayer.Builder layer) {
    drop(layer);
    dropped = config.dropout();
    limit(layer, ofUnit());
    return layer;
  }

  OutputLayer.Builder on(OutputLayer.Builder layer) {
    drop(layer);
    return layer;
  }

  /** Which dimensions of a dense layer's weights, [in, out], belong to one unit. */
  static int[] ofUnit() {
    return new int[] {0};
  }

  /** Which dimensions of a convolution's weights, [out, in, height, width], are one filter. */
  static int[] ofFilter() {
    return new int[] {1, 2, 3};
  }

  private <T extends FeedForwardLayer.Builder<T>> void drop(T layer) {
    if (dropped > 0) {
      // Deeplearning4j asks for the probability with which it keeps.
      layer.dropOut(1 - dropped);
    }
  }

  private <T extends FeedForwardLayer.Builder<T>> void limit(T layer, int[] dimensions) {
    config
        .maxNorm()
        .ifPresent(longest -> layer.constrainWeights(new MaxNormConstraint(longest, dimensions)));
  }
}
