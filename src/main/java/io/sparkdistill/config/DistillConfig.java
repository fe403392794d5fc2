package io.sparkdistill.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One distillation as configured, complete with defaults; every value is in its documented range.
 *
 * @param output where everything is published, a Hadoop URI or a relative local path
 * @param dataset what is learned from and judged on
 * @param teachers whose soft targets are cached, at least one, which may be nobody
 * @param ensemble how several of them become one
 * @param softTargets how they are cached
 * @param student the network that is trained
 * @param objective what it minimises
 * @param training how
 * @param evaluation how it is judged
 * @param export how the student is exported
 * @param compress how it is made smaller once more
 * @param tuning which other configurations are tried
 * @param release where the student is published for others, and when
 */
public record DistillConfig(
    String output,
    DatasetConfig dataset,
    List<TeacherConfig> teachers,
    EnsembleConfig ensemble,
    SoftTargetsConfig softTargets,
    StudentConfig student,
    ObjectiveConfig objective,
    TrainingConfig training,
    EvaluationConfig evaluation,
    ExportConfig export,
    CompressConfig compress,
    TuningConfig tuning,
    ReleaseConfig release) {
  /** Copies the list. */
  public DistillConfig {
    teachers = List.copyOf(teachers);
  }

  /**
   * The same elsewhere.
   *
   * @param place where everything is published
   * @return a copy
   */
  public DistillConfig publishedIn(String place) {
    return new DistillConfig(
        place,
        dataset,
        teachers,
        ensemble,
        softTargets,
        student,
        objective,
        training,
        evaluation,
        export,
        compress,
        tuning,
        release);
  }

  /**
   * Whether somebody teaches.
   *
   * @return false where students learn from the labels alone
   */
  public boolean hasTeacher() {
    return teachers.stream().noneMatch(teacher -> teacher.source() instanceof TeacherSource.Nobody);
  }

  /**
   * Why what the cache has of training rows does not say how far a student is from its teachers at
   * temperature 1.
   *
   * @return reasons for people, each what follows on "because"; none where it does
   */
  public List<String> whyCachedRowsHideDivergence() {
    List<String> reasons = new ArrayList<>();
    if (!hasTeacher()) {
      reasons.add("there is no teacher");
    }
    if (softTargets.codec() == SoftTargetsConfig.Codec.TOPK) {
      reasons.add("codec topk does not keep how the classes differ that are not among the best");
    } else if (softTargets.codec().ofOneTemperature() && softTargets.temperature() != 1) {
      reasons.add("softTargets.codec keeps no distribution at temperature 1");
    }
    if (teachers.size() > 1 && ensemble.combine() == EnsembleConfig.Combine.LABEL) {
      reasons.add(
          "ensemble.combine is label, and no label of a row that is held out may choose what its"
              + " students are compared with");
    }
    return reasons;
  }
}
