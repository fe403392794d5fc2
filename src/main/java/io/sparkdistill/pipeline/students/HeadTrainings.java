package io.sparkdistill.pipeline.students;

import io.sparkdistill.pipeline.labelling.Answers;
import java.util.Optional;

/**
 * The students of one head, which are cut out of those of all heads.
 *
 * @param whole the student of all heads
 * @param head which one
 * @param baseline of all heads, with the head's part in it
 */
public record HeadTrainings(WholeStage whole, HeadTask head, Optional<Baseline> baseline)
    implements Trainings {
  /**
   * What a student is compared with.
   *
   * @param whole the baseline of all heads
   * @param head which one
   */
  public record Baseline(WholeStage whole, HeadTask head) {}

  @Override
  public StudentStage student(Answers answers) {
    return new HeadStage(whole, head);
  }

  @Override
  public Optional<StudentStage> baseline(Answers answers) {
    return baseline.map(of -> new HeadStage(of.whole(), of.head()));
  }
}
