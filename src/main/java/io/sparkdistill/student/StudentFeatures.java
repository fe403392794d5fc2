package io.sparkdistill.student;

import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.objective.AttentionMaps;
import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.FeatureLoss;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Hints;
import io.sparkdistill.objective.LayerShape;
import io.sparkdistill.objective.Regression;
import io.sparkdistill.objective.Relations;
import java.util.ArrayList;
import java.util.List;

/** What hidden layers of a student are compared with, once sizes are known. Stateless. */
public final class StudentFeatures {
  /** As Deeplearning4j's own layers, a regressor is one array. */
  private static final long MOST_PARAMETERS = 1L << 28;

  private StudentFeatures() {}

  /**
   * Fits tensors to layers.
   *
   * @param networks of the student
   * @param features as configured
   * @param tensors names of those that rows carry, in the order in which they do
   * @param numbers of each of them in a row
   * @return the comparisons
   * @throws BadInputException if a tensor is not what its shape says, or does not fit its layer
   */
  public static Features of(
      StudentNetworks networks,
      List<FeatureConfig> features,
      List<String> tensors,
      List<Integer> numbers) {
    List<Feature> fitted = new ArrayList<>();
    long parameters = 0;
    for (FeatureConfig feature : features) {
      StudentNetworks.HiddenLayer layer =
          networks.hiddenLayers().get(networks.student().hiddenLayers().indexOf(feature.layer()));
      int tensor = tensors.indexOf(feature.tensor());
      FeatureLoss loss = loss(feature, layer.shape(), shape(feature, numbers.get(tensor)));
      parameters += loss.regression().map(StudentFeatures::parameters).orElse(0L);
      if (parameters > MOST_PARAMETERS) {
        throw refused(
            feature,
            "regressors of so many parameters are too large: " + parameters,
            "Compare smaller layers or tensors");
      }
      fitted.add(new Feature(feature.name(), layer.number(), tensor, feature.weight(), loss));
    }
    return new Features(fitted);
  }

  private static long parameters(Regression map) {
    return (map.in() + 1L) * map.out();
  }

  private static LayerShape shape(FeatureConfig feature, int numbers) {
    List<Integer> sizes = feature.shape();
    if (sizes.isEmpty()) {
      return LayerShape.flat(numbers);
    }
    if (sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b) != numbers) {
      throw refused(
          feature,
          "each row has another number of numbers than " + sizes + " has: " + numbers,
          "Correct " + feature.key() + ".shape");
    }
    return new LayerShape(sizes.get(0), sizes.get(1), sizes.get(2));
  }

  private static FeatureLoss loss(FeatureConfig feature, LayerShape layer, LayerShape tensor) {
    return switch (feature.kind()) {
      case HINT -> new Hints(layer, tensor);
      case ATTENTION -> attention(feature, layer, tensor);
      case RELATIONAL ->
          new Relations(
              layer.numbers(),
              tensor.numbers(),
              feature.relations().distance(),
              feature.relations().angle());
    };
  }

  private static FeatureLoss attention(FeatureConfig feature, LayerShape layer, LayerShape tensor) {
    AttentionMaps maps = new AttentionMaps(layer, tensor);
    if (!maps.areAlike()) {
      throw refused(
          feature,
          "attention is compared between two images, or between as many units: "
              + layer
              + " of "
              + feature.layer()
              + " and "
              + tensor,
          "Set "
              + feature.key()
              + ".shape where the tensor is an image, or give another layer, tensor or kind");
    }
    return maps;
  }

  private static BadInputException refused(FeatureConfig feature, String why, String remedy) {
    return new BadInputException(
        "Cannot compare a hidden layer with the tensor "
            + feature.tensor()
            + ", "
            + why
            + ". "
            + remedy
            + ".");
  }
}
