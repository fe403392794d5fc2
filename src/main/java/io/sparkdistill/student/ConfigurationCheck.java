package io.sparkdistill.student;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;

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
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.config.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.",
          "org.deeplearning4j.nn.weights.WeightInit");
  private static final Set<String> CLASSES =
      Set.of(
          "org.deeplearning4j.nn.conf.layers.ConvolutionLayer",
          "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "org.deeplearning4j.nn.conf.layers.SubsamplingLayer",
          "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor",
          "org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor",
          "org.deeplearning4j.nn.conf.layers.OutputLayer");

  private ConfigurationCheck() {}

  static void refuseForeignClasses(String json, String place) {
    try {
      for (JsonNode name : JSON.readTree(json).findValues("@class")) {
        String text = name.asText();
        boolean known = CLASSES.contains(text) || PACKAGES.stream().anyMatch(text::startsWith);
        if (!known || text.contains("$")) {
          throw StudentZip.refused(place, "class " + text);
        }
      }
    } catch (JsonProcessingException e) {
      throw StudentZip.refused(place, "a configuration that is no JSON");
    }
  }
}
