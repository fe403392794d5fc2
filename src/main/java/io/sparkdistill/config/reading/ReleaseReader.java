package io.sparkdistill.config.reading;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ReleaseConfig;
import java.util.Optional;

/** Reads where students are published, and which ones. */
final class ReleaseReader {
  private static final String PUBLISH_TO = "release.publishTo";
  private static final String METRIC = "release.metric";

  private final ConfigFields fields;

  ReleaseReader(ConfigFields fields) {
    this.fields = fields;
  }

  ReleaseConfig read() {
    return new ReleaseConfig(
        fields.optionalText(PUBLISH_TO),
        fields.word("release.when", ReleaseConfig.When.class),
        fields.word(METRIC, ReleaseConfig.Metric.class),
        fields.number("release.margin", 0, 1e9),
        fields.positive("release.significance", 1),
        fields.optionalText("release.licence"),
        fields.optionalText("release.intendedUse"));
  }

  /** What depends on other keys. */
  void check(DistillConfig config) {
    Optional<String> publishTo = config.release().publishTo();
    if (publishTo
        .filter(place -> slashless(place).equals(slashless(config.output())))
        .isPresent()) {
      fields.problem(PUBLISH_TO, "expected another folder than output, found the same");
    }
    if (publishTo.isPresent()
        && config.release().metric() == ReleaseConfig.Metric.KL_TO_TEACHER
        && !config.hasTeacher()) {
      fields.problem(
          METRIC, "expected another metric where there is no teacher, found klToTeacher");
    }
  }

  /** What tells one folder from another in a configuration. */
  static String slashless(String place) {
    return place.replaceAll("/+$", "");
  }
}
