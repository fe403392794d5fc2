package io.sparkdistill.student;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Some neighbouring classes of a student whose last layer has those of several heads side by side.
 * Deeplearning4j keeps that layer at the end of all parameters: for each class its weights in a
 * row, then the biases. Immutable.
 *
 * @param first of its classes among those of all heads, from 0
 * @param classes how many it has, C
 */
public record NetworkHead(int first, int classes) {
  /**
   * A student that has this head alone: all layers below with it.
   *
   * @param configuration of the head
   * @param parameters all of them, in Deeplearning4j's order
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
  public record Cut(MultiLayerConfiguration configuration, float[] parameters) {}

  /**
   * Cuts it out.
   *
   * @param published the whole student's configuration, as that of an ordinary student; not changed
   * @param parameters all of the whole's, in Deeplearning4j's order; not changed
   * @return with logits that are the whole's at this head's places
   */
  public Cut of(MultiLayerConfiguration published, float[] parameters) {
    MultiLayerConfiguration own = published.clone();
    for (NeuralNetConfiguration layer : own.getConfs()) {
      layer.clearVariables();
    }
    OutputLayer last = output(own);
    int all = (int) last.getNOut();
    int inputs = (int) last.getNIn();
    int biases = last.hasBias() ? all : 0;
    int below = parameters.length - all * inputs - biases;
    int weights = classes * inputs;
    float[] cut = Arrays.copyOf(parameters, below + weights + (last.hasBias() ? classes : 0));
    System.arraycopy(parameters, below + first * inputs, cut, below, weights);
    if (last.hasBias()) {
      System.arraycopy(parameters, below + all * inputs + first, cut, below + weights, classes);
    }
    last.setNOut(classes);
    return new Cut(own, cut);
  }

  /**
   * The whole as it is published: with logits for its output, because the probabilities of classes
   * of several heads have no common sum.
   *
   * @param published as that of an ordinary student; not changed
   * @return the same layers
   */
  public static MultiLayerConfiguration whole(MultiLayerConfiguration published) {
    MultiLayerConfiguration whole = published.clone();
    OutputLayer last = output(whole);
    last.setActivationFn(new ActivationIdentity());
    last.setLossFn(new LossMSE());
    return whole;
  }

  private static OutputLayer output(MultiLayerConfiguration configuration) {
    return NetworkShape.output(
        configuration.getConf(configuration.getConfs().size() - 1), "of several heads");
  }
}
