package io.sparkdistill.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An objective in the comparison of objectives.
 *
 * @param name in the table
 * @param settings where it begins
 * @param parameters what is varied of it; learning rate and rows a batch are varied of all
 */
record Contender(String name, List<String> settings, List<String> parameters) {
  private static final List<String> OF_ALL =
      List.of(
          "training.updater.adam.learningRate { from = 0.0003, to = 0.01, scale = log }",
          "training.batchSize = [32, 64, 128]");

  /** Of the quickstart's teacher. */
  private static final String UNITS = "/body/body.11/Relu_output_0";

  private static final String TEMPERATURE = "objective.temperature = [2, 4, 8, 16]";
  private static final String SOFT_WEIGHT = "objective.softWeight = [0.5, 0.9, 1.0]";

  Contender {
    settings = new ArrayList<>(settings);
    settings.add(
        "tuning.parameters={ " + String.join(", ", concatenated(OF_ALL, parameters)) + " }");
    settings = List.copyOf(settings);
    parameters = List.copyOf(parameters);
  }

  /** Labels alone first, then the teacher-free control, then what asks the teacher. */
  static List<Contender> all() {
    return List.of(
        new Contender("labels alone", List.of("objective.softWeight=0"), List.of()),
        of("label-smoothing", "objective.smoothing = [0.05, 0.1, 0.2]"),
        of("hinton", TEMPERATURE, SOFT_WEIGHT),
        new Contender(
            "hinton, standardised",
            List.of("objective.standardise=true", "objective.temperature=2"),
            List.of("objective.temperature = [1, 2, 4]", SOFT_WEIGHT)),
        of("logits", SOFT_WEIGHT),
        of("dkd", TEMPERATURE, SOFT_WEIGHT, "objective.beta = [1, 2, 4, 8]"),
        of("dist", TEMPERATURE, SOFT_WEIGHT, "objective.beta = [1, 2, 4]"),
        of("jensen-shannon", TEMPERATURE, SOFT_WEIGHT),
        of(
            "margin-ranking",
            "objective.softWeight = [0.1, 0.5, 0.9]",
            "objective.margin = [0.5, 1, 2, 4]",
            "objective.ranks = [1, 3, 5]"),
        of("cosine", "objective.softWeight = [0.1, 0.5, 0.9]"),
        inside("hint", "0.01", "0.1", "1"),
        inside("relational", "0.1", "1", "10"));
  }

  /** Hinton's, beside a comparison of the units below the logits, of one of some weights. */
  private static Contender inside(String kind, String... weights) {
    return new Contender(
        "hinton, " + kind,
        List.of(
            "teachers=[{ onnx = src/examples/teacher/mnist-cnn.onnx, intermediates = [\""
                + UNITS
                + "\"] }]"),
        List.of(
            TEMPERATURE,
            SOFT_WEIGHT,
            Arrays.stream(weights)
                .map(
                    weight ->
                        String.format(
                            "[{ kind = %s, teacher = \"%s\", layer = hidden-2, weight = %s }]",
                            kind, UNITS, weight))
                .collect(Collectors.joining(", ", "objective.features = [", "]"))));
  }

  private static Contender of(String kind, String... parameters) {
    return new Contender(kind, List.of("objective.kind=" + kind), List.of(parameters));
  }

  private static List<String> concatenated(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
