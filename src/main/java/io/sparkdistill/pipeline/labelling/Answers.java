package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.teacher.Combination;
import io.sparkdistill.teacher.TeacherModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

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
    List<TeacherModel> teachers = teachers(context);
    return new Answers(context, teachers, ofTraining(context, teachers), ofTest(context, teachers));
  }

  /**
   * What teachers say of the training rows, for who reads no test row. Reads the teachers' files,
   * and nothing else yet.
   *
   * @param context of the run
   * @return with one cache a teacher
   */
  public static Targets ofTraining(RunContext context) {
    return ofTraining(context, teachers(context));
  }

  /** One that says nothing where nobody teaches. */
  private static List<TeacherModel> teachers(RunContext context) {
    return context.config().teachers().stream()
        .map(teacher -> TeacherModel.read(teacher, context.hadoop()))
        .toList();
  }

  private static Targets ofTraining(RunContext context, List<TeacherModel> models) {
    DistillConfig config = context.config();
    return of(
        CacheSpec.SOFT_TARGETS,
        context,
        models,
        (teacher, model) -> CacheSpec.training(config, teacher, model),
        Combination.ofTraining(config.ensemble(), config.teachers(), config.dataset().classes()));
  }

  private static Targets ofTest(RunContext context, List<TeacherModel> models) {
    DistillConfig config = context.config();
    return of(
        CacheSpec.TEST_TARGETS,
        context,
        models,
        (teacher, model) -> CacheSpec.test(config, teacher, model),
        Combination.ofTest(config.ensemble(), config.teachers(), config.dataset().classes()));
  }

  private static Targets of(
      String name,
      RunContext context,
      List<TeacherModel> models,
      BiFunction<TeacherConfig, TeacherModel, CacheSpec> spec,
      Combination combination) {
    DistillConfig config = context.config();
    List<Targets.Member> members = new ArrayList<>();
    for (TeacherModel model : models) {
      TeacherConfig teacher = config.teachers().get(members.size());
      members.add(
          new Targets.Member(
              teacher.name().orElse(Metrics.TEACHER),
              new TargetsStage(context, spec.apply(teacher, model)),
              teacher.features().equals(config.dataset().features()),
              teacher.weight()));
    }
    return new Targets(name, members, combination, config.ensemble().inputs(config.teachers()));
  }
}
