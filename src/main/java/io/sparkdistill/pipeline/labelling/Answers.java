package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.teacher.TeacherModel;
import java.util.List;

/**
 * What the teachers of a configuration say, and who they are.
 *
 * @param context what all stages share
 * @param teachers in the order of the configuration
 * @param training their answers to the training rows
 * @param test those to the test rows
 */
public record Answers(
    RunContext context, List<TeacherModel> teachers, Targets training, Targets test) {
  /**
   * Reads the teachers' files, and nothing else yet.
   *
   * @param context of the run
   * @return of its configuration
   */
  public static Answers of(RunContext context) {
    List<TeacherModel> teachers = Targets.teachers(context);
    return new Answers(
        context,
        teachers,
        Targets.ofTraining(context, teachers),
        Targets.ofTest(context, teachers));
  }
}
