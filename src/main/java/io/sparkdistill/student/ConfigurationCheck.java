package io.sparkdistill.student;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks at the class names in a network's JSON before Deeplearning4j does: its parser makes an
 * object of any class that is named there. Stateless and thread-safe.
 */
final class ConfigurationCheck {
  /** Of two equal names Deeplearning4j's parser obeys the first, and a tree holds the last. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf.dropout.",
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.config.",
          "org.nd4j.linalg.learning.regularization.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.",
          "org.deeplearning4j.nn.weights.WeightInit");
  private static final Set<String> CLASSES =
      Set.of(
          // Not those of orthogonal matrices and of trials, which take memory and time without
          // bound.
          "org.deeplearning4j.nn.conf.distribution.ConstantDistribution",
          "org.deeplearning4j.nn.conf.distribution.LogNormalDistribution",
          "org.deeplearning4j.nn.conf.distribution.NormalDistribution",
          "org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution",
          "org.deeplearning4j.nn.conf.distribution.UniformDistribution",
          // Of other constraints the means of several workers know nothing.
          "org.deeplearning4j.nn.conf.constraint.MaxNormConstraint",
          "org.deeplearning4j.nn.conf.layers.ActivationLayer",
          "org.deeplearning4j.nn.conf.layers.BatchNormalization",
          "org.deeplearning4j.nn.conf.layers.ConvolutionLayer",
          "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D",
          "org.deeplearning4j.nn.conf.layers.DropoutLayer",
          "org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer",
          "org.deeplearning4j.nn.conf.layers.SeparableConvolution2D",
          "org.deeplearning4j.nn.conf.layers.SubsamplingLayer",
          "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor",
          "org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor",
          "org.deeplearning4j.nn.conf.layers.OutputLayer");

  private static final String SCHEDULES = "org.nd4j.linalg.schedule.";
  private static final String FIXED = SCHEDULES + "FixedSchedule";

  /** What training does beside its steps, which know neither epochs nor what a schedule counts. */
  private static final Set<String> UNSCHEDULED =
      Set.of("idropout", "regularization", "regularizationBias");

  private static final String CLASS = "@class";
  private static final String LAYER = "layer";
  private static final String LAYER_NAME = "layerName";

  /** Of a package, or with type arguments, or of an array; what users call a layer is none. */
  private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z_$]\\w*\\.[A-Za-z_$]|[<\\[]");

  private ConfigurationCheck() {}

  static void refuseForeignClasses(String json, String place) {
    try {
      refuse("", JSON.readTree(json), place);
    } catch (JsonProcessingException e) {
      throw StudentZip.refused(place, "a configuration that is no JSON");
    }
  }

  /**
   * The parser takes class names from "@class", from the "type" of a distribution and from the
   * first place of a list that stands for an object; so any text that can name one is looked at.
   */
  private static void refuse(String key, JsonNode node, String place) {
    boolean names =
        node.isTextual() && !key.equals(LAYER_NAME) && CLASS_NAME.matcher(node.asText()).find();
    if (names || key.equals(CLASS)) {
      refuseForeign(node.asText(), place);
    }
    if (node.isArray() && node.size() > 1 && node.get(0).isTextual() && !allTexts(node)) {
      throw StudentZip.refused(place, "a list in place of an object: " + node.get(0).asText());
    }
    // Without one, a parser of older files makes layers that were not looked at.
    if (key.equals(LAYER) && node.isObject() && !node.path(CLASS).isTextual()) {
      throw StudentZip.refused(place, "a layer without its class");
    }
    if (UNSCHEDULED.contains(key)) {
      for (String name : node.findValuesAsText(CLASS)) {
        if (name.startsWith(SCHEDULES) && !name.equals(FIXED)) {
          throw StudentZip.refused(place, "a schedule of dropout or regularisation, " + name);
        }
      }
    }
    node.fields().forEachRemaining(field -> refuse(field.getKey(), field.getValue(), place));
    if (node.isArray()) {
      node.forEach(element -> refuse(key, element, place));
    }
  }

  private static boolean allTexts(JsonNode list) {
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static void refuseForeign(String name, String place) {
    boolean known = CLASSES.contains(name) || PACKAGES.stream().anyMatch(name::startsWith);
    if (!known || name.contains("$")) {
      throw StudentZip.refused(place, "class " + name);
    }
  }
}
