package io.sparkdistill.pipeline.students;

import io.sparkdistill.pipeline.labelling.Answers;
import java.util.Optional;

/** Who trains the students of a pipeline. */
public interface Trainings {
  /**
   * The student.
   *
   * @param answers that it learns from
   * @return its stage
   */
  StudentStage student(Answers answers);

  /**
   * The same network from the labels alone, where there is one to compare it with.
   *
   * @param answers whose rows and labels it learns from
   * @return its stage, or nothing
   */
  Optional<StudentStage> baseline(Answers answers);
}
