package io.sparkdistill.student;

import io.sparkdistill.failure.BadInputException;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The biases of a student's last layer, one a class. Deeplearning4j keeps them at the end of all
 * parameters, behind the weights of that layer. Stateless and thread-safe.
 */
public final class OutputBiases {
  private OutputBiases() {}

  /**
   * Moves some of them.
   *
   * @param published the student's configuration
   * @param parameters all of them, in Deeplearning4j's order; not changed
   * @param shifts by class, what is added to its bias, in logits
   * @return a copy
   * @throws BadInputException if the last layer has no biases
   */
  public static float[] moved(
      MultiLayerConfiguration published, float[] parameters, Map<Integer, Double> shifts) {
    int first = parameters.length - (int) output(published).getNOut();
    float[] moved = parameters.clone();
    shifts.forEach((c, shift) -> moved[first + c] += shift.floatValue());
    return moved;
  }

  /**
   * Looks whether there are any.
   *
   * @param published the student's configuration
   * @throws BadInputException if the last layer has no biases
   */
  public static void require(MultiLayerConfiguration published) {
    output(published);
  }

  private static BaseOutputLayer output(MultiLayerConfiguration published) {
    Layer last = published.getConf(published.getConfs().size() - 1).getLayer();
    if (last instanceof BaseOutputLayer output && output.hasBias()) {
      return output;
    }
    throw new BadInputException(
        "Cannot move biases of the student, its last layer has none: "
            + last.getClass().getSimpleName()
            + ". Give one that has, or let training.transferSet.matchFrequencies be [].");
  }
}
