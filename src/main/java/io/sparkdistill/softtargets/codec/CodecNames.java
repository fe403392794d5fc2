package io.sparkdistill.softtargets.codec;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Codecs by the description that manifests name. Stateless and thread-safe. */
public final class CodecNames {
  private static final Pattern OF_ONE_TEMPERATURE =
      Pattern.compile("(topk|sampled)\\((\\d{1,6})\\) at (\\d[\\dE.-]*)");

  private CodecNames() {}

  /**
   * The codec whose description this is.
   *
   * @param description such as {@code float16} or {@code topk(32) at 4.0}
   * @param classes C
   * @return packs and unpacks rows of so many classes
   * @throws InvalidConfigurationException if there is none, or none for so many classes
   */
  public static LogitCodec parse(String description, int classes) {
    if (classes < 1) {
      throw refused(description, "there must be a class", String.valueOf(classes));
    }
    return switch (description) {
      case "float32" -> LogitCodec.exact();
      case "float16" -> new Float16Codec(classes);
      case "int8" -> new Int8Codec(classes);
      default -> ofOneTemperature(description, classes);
    };
  }

  private static LogitCodec ofOneTemperature(String description, int classes) {
    Matcher parts = OF_ONE_TEMPERATURE.matcher(description);
    if (!parts.matches()) {
      throw refused(description, "there is no such codec", description);
    }
    int number = Integer.parseInt(parts.group(2));
    try {
      double temperature = Double.parseDouble(parts.group(3));
      return parts.group(1).equals("topk")
          ? new TopKCodec(classes, number, temperature)
          : new SampledCodec(classes, number, temperature);
    } catch (IllegalArgumentException e) {
      throw refused(description, "it does not fit " + classes + " classes", e.getMessage());
    }
  }

  private static InvalidConfigurationException refused(
      String description, String why, String value) {
    return new InvalidConfigurationException(
        "Cannot read logits stored as '"
            + description
            + "', "
            + why
            + ": "
            + value
            + ". Give codec and classes as the inputs of the cache's manifest name them.");
  }
}
