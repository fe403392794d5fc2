package io.sparkdistill.config.reading;

import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.StudentConfig;
import java.util.List;
import java.util.Optional;

/** Reads what a student is. */
final class StudentReader {
  private static final double LEAST_NORM = 1e-6;
  private static final double LEAST_GAIN = 0.001;
  private static final double MOST_GAIN = 10;
  private static final String MODEL = "student.model";

  /** What a network of the user's own says itself. */
  private static final List<String> OF_LAYERS =
      List.of(
          "hidden",
          "activation",
          "dropout",
          "inputDropout",
          "maxNorm",
          "gain",
          "cnn.channels",
          "cnn.kernel",
          "cnn.pool",
          "cnn.image");

  private final ConfigFields fields;

  StudentReader(ConfigFields fields) {
    this.fields = fields;
  }

  StudentConfig read() {
    return new StudentConfig(
        fields.sizes("student.hidden"),
        fields.choice("student.activation", StudentConfig.Activation.class),
        cnn(),
        new RegularisationConfig(
            dropout("student.inputDropout"),
            dropout("student.dropout"),
            fields.optionalNumber("student.maxNorm", LEAST_NORM, 1e6),
            fields.number("student.gain", LEAST_GAIN, MOST_GAIN)),
        model());
  }

  private Optional<String> model() {
    Optional<String> model = fields.optionalText(MODEL);
    if (model.isPresent()) {
      OF_LAYERS.stream()
          .map(key -> "student." + key)
          .filter(fields::isGiven)
          .forEach(
              key ->
                  fields.problem(
                      key, "no such key where student.model is given, which says it itself"));
    }
    return model;
  }

  private StudentConfig.Cnn cnn() {
    StudentConfig.Cnn cnn =
        new StudentConfig.Cnn(
            fields.sizes("student.cnn.channels"),
            fields.wholeNumber("student.cnn.kernel", 1, 99),
            fields.wholeNumber("student.cnn.pool", 1, 99),
            fields.image("student.cnn.image"));
    if (cnn.kernel() % 2 == 0) {
      fields.problem("student.cnn.kernel", "expected an odd number, found " + cnn.kernel());
    }
    return cnn;
  }

  private double dropout(String key) {
    double dropout = fields.belowOne(key);
    if (dropout > 0) {
      new EngineCheck(fields).refuse(key, "0", dropout);
    }
    return dropout;
  }
}
