package io.sparkdistill.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a student minimises.
 *
 * @param loss by which it is compared with its teacher
 * @param standardise whether logits are standardised before that
 * @param temperature T, by which logits are divided
 * @param softWeight share of that loss, 0 to 1; the labels have the rest
 * @param adaptation what a row's teacher decides about these two
 * @param tail what the classes are that the cache did not keep
 * @param classWeights how much the label of each class counts
 * @param features hidden layers that are compared with what is inside a teacher, beside all that
 */
public record ObjectiveConfig(
    LossConfig loss,
    boolean standardise,
    ScheduleConfig temperature,
    ScheduleConfig softWeight,
    AdaptationConfig adaptation,
    Tail tail,
    ClassWeightsConfig classWeights,
    List<FeatureConfig> features) {
  /** Copies the list. */
  public ObjectiveConfig {
    features = List.copyOf(features);
  }

  /**
   * An objective that compares no hidden layers.
   *
   * @param loss by which the student is compared with its teacher
   * @param standardise whether logits are standardised before that
   * @param temperature T, by which logits are divided
   * @param softWeight share of that loss, 0 to 1; the labels have the rest
   * @param adaptation what a row's teacher decides about these two
   * @param tail what the classes are that the cache did not keep
   * @param classWeights how much the label of each class counts
   */
  public ObjectiveConfig(
      LossConfig loss,
      boolean standardise,
      ScheduleConfig temperature,
      ScheduleConfig softWeight,
      AdaptationConfig adaptation,
      Tail tail,
      ClassWeightsConfig classWeights) {
    this(loss, standardise, temperature, softWeight, adaptation, tail, classWeights, List.of());
  }

  /** What the classes are that the cache did not keep. */
  public enum Tail {
    /** There are none, or each is a class as others are. */
    CLASSES,
    /** One class more, whose probability is that of all of them. */
    GHOST
  }

  /**
   * An objective to which all classes are equal.
   *
   * @param loss by which it is compared with its teacher
   * @param standardise whether logits are standardised before that
   * @param temperature T, by which logits are divided
   * @param softWeight share of that loss, 0 to 1; the labels have the rest
   * @param adaptation what a row's teacher decides about these two
   * @param tail what the classes are that the cache did not keep
   */
  public ObjectiveConfig(
      LossConfig loss,
      boolean standardise,
      ScheduleConfig temperature,
      ScheduleConfig softWeight,
      AdaptationConfig adaptation,
      Tail tail) {
    this(loss, standardise, temperature, softWeight, adaptation, tail, ClassWeightsConfig.equal());
  }

  /**
   * Hinton's objective.
   *
   * @param temperature T, by which logits are divided
   * @param softWeight share of the soft loss, 0 to 1
   */
  public ObjectiveConfig(double temperature, double softWeight) {
    this(
        new LossConfig.Plain(LossConfig.Kind.HINTON),
        false,
        ScheduleConfig.constant(temperature),
        ScheduleConfig.constant(softWeight),
        AdaptationConfig.none(),
        Tail.CLASSES);
  }

  /**
   * The objective of the baseline, which has no teacher.
   *
   * @return cross-entropy with the labels alone
   */
  public static ObjectiveConfig labelsAlone() {
    return new ObjectiveConfig(1, 0);
  }

  /**
   * The same with other weights of classes.
   *
   * @param weights how much the label of each class counts
   * @return a copy
   */
  public ObjectiveConfig with(ClassWeightsConfig weights) {
    return new ObjectiveConfig(
        loss, standardise, temperature, softWeight, adaptation, tail, weights, features);
  }

  /**
   * The same that compares no hidden layers.
   *
   * @return a copy
   */
  public ObjectiveConfig withoutFeatures() {
    return new ObjectiveConfig(
        loss, standardise, temperature, softWeight, adaptation, tail, classWeights);
  }

  /**
   * What is compared inside teachers.
   *
   * @return names of tensors, each once
   */
  public Set<String> tensors() {
    return features.stream().map(FeatureConfig::tensor).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether the teacher decides anything.
   *
   * @return false for labels alone, smoothed or not
   */
  public boolean asksTeacher() {
    return comparesAnswers() || !features.isEmpty();
  }

  /**
   * Whether the teacher's answers decide anything.
   *
   * @return false where the labels do, or hidden layers beside them
   */
  public boolean comparesAnswers() {
    return loss.kind() != LossConfig.Kind.LABEL_SMOOTHING
        && (softWeight.from() > 0 || softWeight.to() > 0);
  }

  /**
   * What makes the student another one. Beside temperature and weight only what differs from
   * Hinton's objective, so that students stay up to date that were trained before there were
   * others.
   *
   * @return values by key
   */
  public Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("objective.temperature", temperature.description());
    inputs.put("objective.softWeight", softWeight.description());
    if (loss.kind() != LossConfig.Kind.HINTON) {
      inputs.put("objective.kind", Spelling.of(loss.kind()));
    }
    loss.parameters().forEach((key, value) -> inputs.put("objective." + key, value));
    adaptation.differences().forEach((key, value) -> inputs.put("objective." + key, value));
    if (standardise) {
      inputs.put("objective.standardise", "true");
    }
    if (tail == Tail.GHOST && comparesAnswers()) {
      inputs.put("objective.tail", "ghost");
    }
    if (!classWeights.equals(ClassWeightsConfig.equal())) {
      inputs.put("objective.classWeights", classWeights.toString());
    }
    if (!features.isEmpty()) {
      inputs.put(
          "objective.features",
          features.stream().map(FeatureConfig::description).collect(Collectors.joining("\n")));
    }
    return inputs;
  }
}
