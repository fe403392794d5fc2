package io.sparkdistill.config.reading;

import io.sparkdistill.config.AugmentationConfig;

/** Reads how inputs are changed. */
final class AugmentationReader {
  private AugmentationReader() {}

  static AugmentationConfig read(ConfigFields fields, String block) {
    return new AugmentationConfig(
        fields.wholeNumber(block + ".shift", 0, 1000),
        fields.flag(block + ".flip"),
        fields.number(block + ".noise", 0, 1e6),
        fields.image(block + ".image"));
  }
}
