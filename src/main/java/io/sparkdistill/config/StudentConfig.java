package io.sparkdistill.config;

import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A multilayer perceptron, with convolutions below it where features are images; or a network that
 * the user brings.
 *
 * @param hidden units of each hidden dense layer
 * @param activation of all hidden layers
 * @param cnn convolutions below the dense layers
 * @param regularisation what keeps it from learning its rows by heart
 * @param model where the user's own network is, a Hadoop URI or a relative local path; all else
 *     decides nothing then
 */
public record StudentConfig(
    List<Integer> hidden,
    Activation activation,
    Cnn cnn,
    RegularisationConfig regularisation,
    Optional<String> model) {
  /** Copies the list. */
  public StudentConfig {
    hidden = List.copyOf(hidden);
  }

  /**
   * A student of layers.
   *
   * @param hidden units of each hidden dense layer
   * @param activation of all hidden layers
   * @param cnn convolutions below the dense layers
   * @param regularisation what keeps it from learning its rows by heart
   */
  public StudentConfig(
      List<Integer> hidden, Activation activation, Cnn cnn, RegularisationConfig regularisation) {
    this(hidden, activation, cnn, regularisation, Optional.empty());
  }

  /**
   * A student without regularisation.
   *
   * @param hidden units of each hidden dense layer
   * @param activation of all hidden layers
   * @param cnn convolutions below the dense layers
   */
  public StudentConfig(List<Integer> hidden, Activation activation, Cnn cnn) {
    this(hidden, activation, cnn, RegularisationConfig.none());
  }

  /**
   * A student without convolutions and regularisation.
   *
   * @param hidden units of each hidden dense layer
   * @param activation of all hidden layers
   */
  public StudentConfig(List<Integer> hidden, Activation activation) {
    this(hidden, activation, new Cnn(List.of(), 3, 2, List.of()));
  }

  /**
   * Convolutions of unit stride that keep the size of the image, each followed by pooling.
   *
   * @param channels of each convolution's output; empty for none
   * @param kernel side of the filters, odd
   * @param pool side and stride of the windows whose largest number is kept; 1 for no pooling
   * @param image height and width, or channels, height and width; empty for a square of one channel
   */
  public record Cnn(List<Integer> channels, int kernel, int pool, List<Integer> image) {
    /** Copies the lists. */
    public Cnn {
      channels = List.copyOf(channels);
      image = List.copyOf(image);
    }
  }

  /**
   * Names of the hidden layers, as other parts of the configuration call them.
   *
   * @return from below: {@code cnn-1} and on, each with its pooling, then {@code hidden-1} and on;
   *     none of a network that the user brings
   */
  public List<String> hiddenLayers() {
    List<String> names = new ArrayList<>();
    if (model.isEmpty()) {
      for (int i = 1; i <= cnn.channels().size(); i++) {
        names.add("cnn-" + i);
      }
      for (int i = 1; i <= hidden.size(); i++) {
        names.add("hidden-" + i);
      }
    }
    return names;
  }

  /**
   * All that decides the network, and how it is regularised where it is; or the user's own.
   *
   * @return such as {@code cnn [16, 32] kernel 3 pool 2, dense [128]}, or {@code [64], dropout
   *     0.5}, or {@code model student.json}
   */
  public String description() {
    String restraints = regularisation.description();
    return model
        .map(place -> "model " + Secrets.mask(place))
        .orElseGet(() -> layers() + (restraints.isEmpty() ? "" : ", " + restraints));
  }

  private String layers() {
    if (cnn.channels().isEmpty()) {
      return hidden.toString();
    }
    return "cnn "
        + cnn.channels()
        + " kernel "
        + cnn.kernel()
        + " pool "
        + cnn.pool()
        + (cnn.image().isEmpty() ? "" : " image " + cnn.image())
        + ", dense "
        + hidden;
  }

  /** Activations that hidden layers may have. */
  public enum Activation {
    RELU,
    LEAKYRELU,
    ELU,
    GELU,
    SWISH,
    TANH,
    SIGMOID
  }
}
