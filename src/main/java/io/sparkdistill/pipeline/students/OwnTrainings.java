package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.labelling.Answers;
import java.util.Optional;

/** Each student has a training of its own. */
public record OwnTrainings() implements Trainings {
  @Override
  public StudentStage student(Answers answers) {
    return new TrainStage(
        answers.context(),
        Metrics.STUDENT,
        answers.context().config().objective(),
        answers.training());
  }

  @Override
  public Optional<StudentStage> baseline(Answers answers) {
    DistillConfig config = answers.context().config();
    return config.evaluation().baseline() && config.hasTeacher()
        ? Optional.of(
            new TrainStage(
                answers.context(),
                Metrics.BASELINE,
                labelsAlone(config.objective()),
                answers.training()))
        : Optional.empty();
  }

  /** What a baseline minimises. */
  public static ObjectiveConfig labelsAlone(ObjectiveConfig objective) {
    return ObjectiveConfig.labelsAlone().with(objective.classWeights());
  }
}
