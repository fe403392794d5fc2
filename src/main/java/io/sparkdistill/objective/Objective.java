package io.sparkdistill.objective;

import io.sparkdistill.config.ClassWeightsConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.ObjectiveConfig;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a student minimises: a comparison with its teacher, and cross-entropy with the labels. For a
 * row of the weight s with the share w, and the weights c of classes,
 *
 * <pre>
 * loss = s (w soft(z, v) − (1 − w) c[label] log softmax(z)[label])
 * </pre>
 *
 * <p>The gradient of a batch is divided by its rows and not by the sum of their weights, as Keras
 * does it: so a row counts as much whatever rows are in its batch, and the mean gradient over all
 * batches is that of the weighted loss. A row without a label has the first term alone.
 *
 * <p>Immutable and thread-safe; can be serialised by Java, and as JSON.
 *
 * @param soft the comparison
 * @param temperature T of the comparison, greater than 0
 * @param softWeight w, 0 to 1
 * @param adaptation of T and w to single rows
 * @param classWeights c, C numbers of 0 or more; none where all are 1
 */
public record Objective(
    @JsonProperty("soft") SoftLoss soft,
    @JsonProperty("temperature") Schedule temperature,
    @JsonProperty("softWeight") Schedule softWeight,
    @JsonProperty("adaptation") Adaptation adaptation,
    @JsonProperty("classWeights") List<Double> classWeights)
    implements Goal {
  /** Copies the weights into a plain list, because they travel by Java serialization. */
  public Objective {
    classWeights = new ArrayList<>(classWeights);
  }

  /**
   * An objective to which all classes are equal.
   *
   * @param soft the comparison
   * @param temperature T of the comparison, greater than 0
   * @param softWeight w, 0 to 1
   * @param adaptation of T and w to single rows
   */
  public Objective(
      SoftLoss soft, Schedule temperature, Schedule softWeight, Adaptation adaptation) {
    this(soft, temperature, softWeight, adaptation, List.of());
  }

  /**
   * The configured objective.
   *
   * @param config kind and parameters; weights of classes as numbers
   * @param epochs of the whole training, for schedules
   * @param steps local steps of the whole training, for schedules
   * @return the objective
   */
  public static Objective of(ObjectiveConfig config, int epochs, int steps) {
    return new Objective(
        config.standardise() ? new Standardised(soft(config)) : soft(config),
        Schedule.of(config.temperature(), epochs, steps),
        Schedule.of(config.softWeight(), epochs, steps),
        Adaptation.of(config.adaptation()),
        classWeights(config.classWeights()));
  }

  private static List<Double> classWeights(ClassWeightsConfig config) {
    if (config instanceof ClassWeightsConfig.Given given) {
      return given.weights();
    }
    throw new IllegalArgumentException("Labels must be counted before classes are balanced.");
  }

  private static SoftLoss soft(ObjectiveConfig config) {
    SoftLoss soft = soft(config.loss());
    // Only of distributions can a part be one class.
    return config.tail() == ObjectiveConfig.Tail.GHOST
            && (soft instanceof Hinton
                || soft instanceof Decoupled
                || soft instanceof JensenShannon)
        ? new GhostTail((RowLoss) soft)
        : soft;
  }

  private static SoftLoss soft(LossConfig config) {
    if (config instanceof LossConfig.Dkd dkd) {
      return new Decoupled(dkd.alpha(), dkd.beta());
    }
    if (config instanceof LossConfig.Dist dist) {
      return new Dist(dist.beta(), dist.gamma());
    }
    if (config instanceof LossConfig.MarginRanking ranking) {
      return new MarginRanking(ranking.margin(), ranking.ranks());
    }
    return switch (config.kind()) {
      case LOGITS -> new Logits();
      case JENSEN_SHANNON -> new JensenShannon();
      case COSINE -> new Cosine();
      case LABEL_SMOOTHING -> new Uniform();
      default -> new Hinton();
    };
  }

  @Override
  public Evaluator evaluator() {
    return new ObjectiveEvaluator(this);
  }

  @Override
  public List<Integer> classes(int logits) {
    return List.of(logits);
  }
}
