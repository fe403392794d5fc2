package io.sparkdistill.pipeline;

import java.util.Optional;

/** Who trains the students of a pipeline. */
interface Trainings {
  /** The student. */
  StudentStage student(Answers answers);

  /** The same network from the labels alone, where there is one to compare it with. */
  Optional<StudentStage> baseline(Answers answers);
}
