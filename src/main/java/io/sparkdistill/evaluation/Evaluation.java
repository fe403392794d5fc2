package io.sparkdistill.evaluation;

import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentScorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** One distributed pass over the test set. */
public final class Evaluation {
  private final int batchSize;

  /**
   * Judges nothing yet.
   *
   * @param batchSize rows that a student scores at once
   */
  public Evaluation(int batchSize) {
    this.batchSize = batchSize;
  }

  /**
   * Judges all models on the same rows.
   *
   * @param testTargets the teacher's answers on the test set
   * @param teacherParameters numbers that the teacher learned
   * @param teacherBytes of its file
   * @param candidates student, and baseline where there is one
   * @return their metrics
   */
  public Metrics judge(
      JavaRDD<SoftTarget> testTargets,
      long teacherParameters,
      long teacherBytes,
      List<Candidate> candidates) {
    List<ModelTally> tallies = tallies(testTargets, candidates);
    Map<String, ModelMetrics> models = new LinkedHashMap<>();
    models.put(
        Metrics.TEACHER, ModelMetrics.alone(tallies.get(0), teacherParameters, teacherBytes));
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      models.put(
          candidate.name(),
          ModelMetrics.ofStudent(
              tallies.get(i + 1), parameters(candidate), candidate.zip().length));
    }
    return Metrics.of(tallies.get(0).rows(), models);
  }

  /**
   * Judges a student by the labels, where there is no teacher.
   *
   * @param rows of the test set, with any answers
   * @param candidate the student
   * @return its metrics, without a comparison with a teacher
   */
  public Metrics judge(JavaRDD<SoftTarget> rows, Candidate candidate) {
    ModelTally tally = tallies(rows, List.of(candidate)).get(1);
    return Metrics.of(
        tally.rows(),
        Map.of(
            candidate.name(),
            ModelMetrics.alone(tally, parameters(candidate), candidate.zip().length)));
  }

  private static long parameters(Candidate candidate) {
    return StudentScorer.open(candidate.zip(), candidate.place()).parameters();
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
    return ModelMetrics.alone(tallies(answers, List.of()).get(0), parameters, bytes);
  }

  /**
   * Judges a student and another one that is published already, in one pass over the same rows.
   *
   * @param testTargets the teacher's answers on the test set
   * @param student the newer one
   * @param incumbent the other one
   * @return what both are worth, and what chance has to do with it
   * @throws io.sparkdistill.failure.IntegrityException if the other one is for other rows or classes
   */
  public PairComparison compare(
      JavaRDD<SoftTarget> testTargets, Candidate student, Candidate incumbent) {
    return compare(testTargets, List.of(student, incumbent), ModelMetrics::ofStudent);
  }

  /**
   * The same by the labels, where there is no teacher.
   *
   * @param rows of the test set, with any answers
   * @param student the newer one
   * @param incumbent the other one
   * @return what both are worth, without a comparison with a teacher
   * @throws io.sparkdistill.failure.IntegrityException if the other one is for other rows or classes
   */
  public PairComparison compareByLabels(
      JavaRDD<SoftTarget> rows, Candidate student, Candidate incumbent) {
    return compare(rows, List.of(student, incumbent), ModelMetrics::alone);
  }

  private interface Judgement {
    ModelMetrics of(ModelTally tally, long parameters, long bytes);
  }

  private PairComparison compare(
      JavaRDD<SoftTarget> rows, List<Candidate> pair, Judgement judgement) {
    PairJudge.of(pair, batchSize).refuseUnlike();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<List<Candidate>> shared = context.broadcast(new ArrayList<>(pair));
    int size = batchSize;
    try {
      // Added up in the order of partitions, as above.
      PairTally tally =
          rows
              .mapPartitions(
                  part -> List.of(PairJudge.of(shared.value(), size).judge(part)).iterator())
              .collect()
              .stream()
              .reduce(PairTally::plus)
              .orElseThrow();
      Candidate student = pair.get(0);
      Candidate incumbent = pair.get(1);
      return PairComparison.of(
          tally,
          judgement.of(tally.student(), parameters(student), student.zip().length),
          judgement.of(tally.incumbent(), parameters(incumbent), incumbent.zip().length));
    } finally {
      shared.destroy();
    }
  }

  private List<ModelTally> tallies(JavaRDD<SoftTarget> rows, List<Candidate> candidates) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<List<Candidate>> shared = context.broadcast(new ArrayList<>(candidates));
    int size = batchSize;
    try {
      // Added up in the order of partitions, so that the sums are the same each time.
      return rows
          .mapPartitions(
              part -> List.of(new PartitionJudge(shared.value(), size).judge(part)).iterator())
          .collect()
          .stream()
          .reduce(Evaluation::plus)
          .orElseThrow();
    } finally {
      shared.destroy();
    }
  }

  private static List<ModelTally> plus(List<ModelTally> a, List<ModelTally> b) {
    List<ModelTally> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i).plus(b.get(i)));
    }
    return sum;
  }
}
