package io.sparkdistill.config.reading;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.LossConfig.Kind;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.config.SoftTargetsConfig;
import io.sparkdistill.config.Spelling;

/**
 * What an objective can do with the cache's codec and with so many classes. A value with a problem
 * is not looked at.
 */
final class ObjectiveCheck {
  private static final String TEMPERATURE = "objective.temperature";

  private final ConfigFields fields;
  private final SoftTargetsConfig targets;
  private final ObjectiveConfig objective;
  private final int classes;

  ObjectiveCheck(
      ConfigFields fields, SoftTargetsConfig targets, ObjectiveConfig objective, int classes) {
    this.fields = fields;
    this.targets = targets;
    this.objective = objective;
    this.classes = classes;
  }

  void check() {
    boolean sound =
        fields.problems().stream()
            .noneMatch(
                problem ->
                    problem.key().startsWith("objective.")
                        || problem.key().equals("dataset.classes")
                        || problem.key().equals("softTargets.temperature"));
    if (sound && classes == 2 && objective.comparesAnswers()) {
      checkPair();
    }
    if (sound && targets.codec().ofOneTemperature() && objective.comparesAnswers()) {
      checkLogits();
      checkWeight();
      checkTrust();
      if (objective.loss().kind().hasTemperature()) {
        checkTemperature();
      }
    }
  }

  /** Of two classes some comparisons are the same for all answers, and move no student. */
  private void checkPair() {
    LossConfig loss = objective.loss();
    if (loss.kind() == Kind.COSINE) {
      fields.problem(
          "objective.kind",
          "expected another one, because the angle between answers of 2 classes is 0 or 180"
              + " degrees, whatever they say, found cosine");
    } else if (objective.standardise()) {
      fields.problem(
          "objective.standardise",
          "expected false, because all that standardising leaves of 2 classes is which is the"
              + " better one, found true");
    }
    if (loss instanceof LossConfig.Dkd dkd && dkd.alpha() == 0) {
      fields.problem(
          "objective.alpha",
          "expected more than 0, because there is but one other class of 2, found " + dkd.alpha());
    }
    if (loss instanceof LossConfig.Dist dist && dist.gamma() == 0) {
      fields.problem(
          "objective.gamma",
          "expected more than 0, because the correlation along 2 classes is 1 or -1, whatever they"
              + " say, found "
              + dist.gamma());
    }
  }

  private void checkLogits() {
    Kind kind = objective.loss().kind();
    if (kind.needsLogits()) {
      fields.problem("objective.kind", distribution() + ", found " + Spelling.of(kind));
    } else if (objective.standardise()) {
      fields.problem(
          "objective.standardise",
          "expected false, because codec "
              + codec()
              + " keeps a distribution and no logits, found true");
    }
  }

  private String distribution() {
    return "expected a comparison of distributions, because codec "
        + codec()
        + " keeps one and no logits";
  }

  private void checkWeight() {
    AdaptationConfig.SoftWeightBy by = objective.adaptation().softWeightBy();
    if (by == AdaptationConfig.SoftWeightBy.NONE) {
      return;
    }
    String found = ", found " + Spelling.of(by);
    if (targets.temperature() != 1) {
      fields.problem(
          "objective.softWeightBy",
          "expected none, because codec "
              + codec()
              + " keeps probabilities at "
              + targets.temperature()
              + " and not at 1"
              + found);
    } else if (isDrawn()) {
      fields.problem(
          "objective.softWeightBy",
          "expected none, because codec sampled keeps draws and no probabilities" + found);
    }
  }

  /** Draws say too little of single classes: most of many are never drawn. */
  private boolean isDrawn() {
    return targets.codec() == SoftTargetsConfig.Codec.SAMPLED;
  }

  private void checkTrust() {
    AdaptationConfig.WhenTeacherIsWrong then = objective.adaptation().whenTeacherIsWrong();
    if (isDrawn() && then != AdaptationConfig.WhenTeacherIsWrong.KEEP) {
      fields.problem(
          "objective.whenTeacherIsWrong",
          "expected keep, because codec sampled keeps draws, which may miss the teacher's best"
              + " class, found "
              + Spelling.of(then));
    }
  }

  private void checkTemperature() {
    AdaptationConfig.TemperatureBy by = objective.adaptation().temperatureBy();
    if (by != AdaptationConfig.TemperatureBy.NONE) {
      fields.problem(
          "objective.temperatureBy",
          "expected none, because codec "
              + codec()
              + " serves one temperature only, found "
              + Spelling.of(by));
    }
    ScheduleConfig temperature = objective.temperature();
    if (!temperature.isConstant()) {
      fields.problem(
          TEMPERATURE,
          "expected a number, because codec "
              + codec()
              + " serves one temperature only, found "
              + temperature.description());
    } else if (targets.temperature() != temperature.from()) {
      fields.problem(
          "softTargets.temperature",
          "expected "
              + temperature.from()
              + " as objective.temperature, because codec "
              + codec()
              + " serves one temperature only, found "
              + targets.temperature());
    }
  }

  private String codec() {
    return Spelling.of(targets.codec());
  }
}
