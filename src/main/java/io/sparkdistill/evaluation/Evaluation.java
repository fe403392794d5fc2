package io.sparkdistill.evaluation;

import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.config.EvaluationConfig;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** One distributed pass over the test set, and one for the inputs that its gallery shows. */
public final class Evaluation {
  private final JudgePlan plan;
  private final BootstrapConfig bootstrap;

  private Evaluation(JudgePlan plan, BootstrapConfig bootstrap) {
    this.plan = plan;
    this.bootstrap = bootstrap;
  }

  /**
   * Judges nothing yet, and later no class by itself, without intervals.
   *
   * @param batchSize rows that a student scores at once
   */
  public Evaluation(int batchSize) {
    this(JudgePlan.plain(batchSize), BootstrapConfig.none());
  }

  /**
   * Judges nothing yet.
   *
   * @param config what is to be found out
   * @param predictions where they are kept
   */
  public Evaluation(EvaluationConfig config, PredictionPlace predictions) {
    this(JudgePlan.of(config, predictions), config.bootstrap());
  }

  /**
   * Judges all models on the same rows.
   *
   * @param test rows with answers of the teacher, or any answers where there is none
   * @param teacher how large it is; empty where there is none, and models are judged by the labels
   * @param candidates the student, then others that it is compared with
   * @return all that was found
   */
  public Judgement judge(
      TestSet test, Optional<TeacherSize> teacher, List<? extends JudgedModel> candidates) {
    JudgePlan own = teacher.isPresent() ? plan : plan.withoutGallery();
    List<String> kept = new ArrayList<>();
    teacher.ifPresent(size -> kept.add(Metrics.TEACHER));
    candidates.forEach(candidate -> kept.add(candidate.name()));
    EvaluationTally tally = tally(test.read(), own, kept, candidates);
    Summary summary =
        new Summary(
            tally,
            teacher.map(TeacherSize::named),
            candidates.stream().map(JudgedModel::size).toList(),
            bootstrap);
    return new Judgement(
        summary.metrics(test.filters()), Gallery.of(tally.gallery(), test.rows()), tally.files());
  }

  /**
   * Judges one of several teachers.
   *
   * @param answers of it on the test set
   * @param parameters numbers that it learned
   * @param bytes of its file
   * @return its metrics, without a comparison with all of them together
   */
  public ModelMetrics alone(JavaRDD<SoftTarget> answers, long parameters, long bytes) {
    ModelSize size = new TeacherSize(parameters, bytes).named();
    EvaluationTally tally =
        tally(
            new TestSet(answers, Optional.empty()).read(),
            plan.withoutGallery().withoutPredictions(),
            List.of(),
            List.of());
    return new Summary(tally, Optional.of(size), List.of(), bootstrap).alone(size);
  }

  private static EvaluationTally tally(
      JavaRDD<TestRow> rows,
      JudgePlan plan,
      List<String> kept,
      List<? extends JudgedModel> candidates) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<List<JudgedModel>> shared = context.broadcast(new ArrayList<>(candidates));
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    JudgeTask task = new JudgeTask(plan, new ArrayList<>(kept), shared, conf);
    try {
      EvaluationTally sum = new EvaluationTally(1 + candidates.size(), plan);
      // Added up in the order of partitions, so that the sums are the same each time.
      rows.mapPartitionsWithIndex((index, part) -> List.of(task.run(index, part)).iterator(), false)
          .collect()
          .forEach(sum::addAll);
      return sum;
    } finally {
      shared.destroy();
      conf.destroy();
    }
  }
}
