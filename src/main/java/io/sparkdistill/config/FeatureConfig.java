package io.sparkdistill.config;

import java.util.List;

/**
 * A hidden layer of the student that is compared with a tensor inside a teacher.
 *
 * @param number its place in the configuration, from 0
 * @param kind how they are compared
 * @param tensor the tensor's name, among a teacher's intermediates
 * @param layer the layer's name, as {@link StudentConfig#hiddenLayers} gives it
 * @param weight of the comparison in the loss, greater than 0
 * @param shape channels, height and width of the tensor; empty where it is no image
 * @param relations weights of what {@link Kind#RELATIONAL} compares
 */
public record FeatureConfig(
    int number,
    Kind kind,
    String tensor,
    String layer,
    double weight,
    List<Integer> shape,
    Relations relations) {
  /** Copies the list. */
  public FeatureConfig {
    shape = List.copyOf(shape);
  }

  /** How a layer is compared with a tensor. */
  public enum Kind {
    /** The tensor itself, through a regressor. */
    HINT,
    /** Where the two are active. */
    ATTENTION,
    /** Distances and angles between rows. */
    RELATIONAL
  }

  /**
   * Weights within {@link Kind#RELATIONAL}.
   *
   * @param distance of distances, 0 or more
   * @param angle of angles, 0 or more
   */
  public record Relations(double distance, double angle) {}

  /**
   * Where it stands, for messages.
   *
   * @return such as {@code objective.features[0]}
   */
  public String key() {
    return "objective.features[" + number + "]";
  }

  /**
   * Its name, for people and metrics.
   *
   * @return such as {@code hint1}
   */
  public String name() {
    return Spelling.of(kind) + (number + 1);
  }

  /**
   * All that decides it.
   *
   * @return such as {@code hint hidden-1 to conv5 [32, 7, 7], weight 0.5}
   */
  public String description() {
    return Spelling.of(kind)
        + " "
        + layer
        + " to "
        + tensor
        + (shape.isEmpty() ? "" : " " + shape)
        + ", weight "
        + weight
        + (kind == Kind.RELATIONAL
            ? ", distance " + relations.distance + ", angle " + relations.angle
            : "");
  }
}
