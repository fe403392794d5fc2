package io.sparkdistill.student;

import io.sparkdistill.config.RegularisationConfig;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanAvg;
import org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanIn;

/**
 * Regularisation of a network's layers, which must come in order: Deeplearning4j drops inputs of
 * layers, so that units are dropped by the layer above theirs. Not thread-safe.
 */
final class Restraints {
  /**
   * The variance of a standard normal distribution that is cut off at two standard deviations, as
   * Deeplearning4j does where the variance is scaled.
   */
  private static final double OF_TRUNCATED = 0.7737413;

  private final RegularisationConfig config;
  private final WeightInit usual;

  /** The probability with which what the next layer is shown is dropped. */
  private double dropped;

  Restraints(RegularisationConfig config, WeightInit usual) {
    this.config = config;
    this.usual = usual;
    this.dropped = config.inputDropout();
  }

  ConvolutionLayer.Builder on(ConvolutionLayer.Builder layer) {
    drop(layer);
    dropped = 0;
    limit(layer, ofFilter());
    begin(layer);
    return layer;
  }

  DenseLayer.Builder on(DenseLayer.Builder layer) {
    drop(layer);
    dropped = config.dropout();
    limit(layer, ofUnit());
    begin(layer);
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

  private <T extends FeedForwardLayer.Builder<T>> void begin(T layer) {
    double gain = config.gain();
    if (gain != 1) {
      layer.weightInit(
          usual == WeightInit.RELU
              ? new WeightInitVarScalingNormalFanIn(2 * gain * gain / OF_TRUNCATED)
              : new WeightInitVarScalingNormalFanAvg(gain * gain / OF_TRUNCATED));
    }
  }

  private <T extends FeedForwardLayer.Builder<T>> void limit(T layer, int[] dimensions) {
    config
        .maxNorm()
        .ifPresent(longest -> layer.constrainWeights(new MaxNormConstraint(longest, dimensions)));
  }
}
