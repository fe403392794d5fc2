package io.sparkdistill.config.reading;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.SoftTargetsConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TuningConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What teachers can do together, and with what else was configured. */
final class TeachersCheck {
  private static final String TEACHERS = "teachers";

  private final ConfigFields fields;
  private final DistillConfig config;
  private final List<TeacherConfig> teachers;

  TeachersCheck(ConfigFields fields, DistillConfig config) {
    this.fields = fields;
    this.config = config;
    this.teachers = config.teachers();
  }

  void check() {
    checkNobody();
    checkMetric();
    checkFeatures();
    checkColumns();
    if (teachers.size() > 1) {
      checkNames();
      checkCodec();
      checkWeights();
      checkEngine();
    }
  }

  private void checkNobody() {
    if (config.hasTeacher()) {
      return;
    }
    if (config.objective().asksTeacher()) {
      fields.problem(
          TEACHERS,
          "expected a list of at least one teacher such as [{ onnx = \"teacher.onnx\" }]; there"
              + " need be none only where objective.softWeight is 0, or objective.kind"
              + " label-smoothing");
    }
  }

  /** Rows that trials are judged on come from the cache. */
  private void checkMetric() {
    if (config.tuning().metric() == TuningConfig.Metric.KL) {
      config
          .whyCachedRowsHideDivergence()
          .forEach(
              reason ->
                  fields.problem(
                      "tuning.metric", "expected errors or nll, because " + reason + ", found kl"));
    }
  }

  private void checkFeatures() {
    String features = config.dataset().features();
    if (teachers.stream().noneMatch(teacher -> teacher.features().equals(features))) {
      fields.problem(
          TEACHERS,
          "expected at least one teacher that is shown dataset.features, because the student is"
              + " shown what is in its cache");
    }
  }

  /** Answers in a column are to rows as they are. */
  private void checkColumns() {
    teachers.stream()
        .filter(teacher -> teacher.source().answers() != AnswerKind.NONE)
        .filter(teacher -> config.softTargets().views().augmentation().augments())
        .findFirst()
        .ifPresent(
            teacher ->
                fields.problem(
                    "softTargets.augmentation",
                    "expected none, because "
                        + teacher.key()
                        + " is a column, which answers rows as they are"));
  }

  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (TeacherConfig teacher : teachers) {
      if (teacher.name().isEmpty()) {
        fields.problem(
            TEACHERS, "expected a name of " + teacher.key() + ", because there are several");
      } else if (!names.add(teacher.name().get())) {
        fields.problem(
            TEACHERS, "expected another name of each, found twice '" + teacher.name().get() + "'");
      }
    }
  }

  private void checkCodec() {
    SoftTargetsConfig.Codec codec = config.softTargets().codec();
    if (codec.ofOneTemperature()) {
      fields.problem(
          "softTargets.codec",
          "expected one that keeps logits, because there are several teachers, found "
              + Spelling.of(codec));
    }
  }

  private void checkEngine() {
    if (config.ensemble().combine() == EnsembleConfig.Combine.RANDOM) {
      new EngineCheck(fields).expectRounds("ensemble.combine is random");
    }
  }

  private void checkWeights() {
    EnsembleConfig.Combine combine = config.ensemble().combine();
    boolean ofClasses = teachers.stream().anyMatch(teacher -> !teacher.classWeights().isEmpty());
    if (ofClasses && combine != EnsembleConfig.Combine.PROBABILITIES) {
      refuse("classWeights", combine);
    }
    if (!combine.weighs() && teachers.stream().anyMatch(teacher -> teacher.weight() != 1)) {
      refuse("weight", combine);
    }
    for (int c = 0; ofClasses && c < config.dataset().classes(); c++) {
      int number = c;
      boolean nobody =
          teachers.stream()
              .map(TeacherConfig::classWeights)
              .allMatch(weights -> weights.size() > number && weights.get(number) == 0);
      if (nobody) {
        fields.problem(
            TEACHERS, "expected a teacher whose classWeights are above 0 for class " + number);
      }
    }
  }

  private void refuse(String key, EnsembleConfig.Combine combine) {
    fields.problem(
        TEACHERS, "no such key where ensemble.combine is " + Spelling.of(combine) + ": " + key);
  }
}
