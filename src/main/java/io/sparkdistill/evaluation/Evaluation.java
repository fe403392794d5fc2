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
        Metrics.TEACHER, ModelMetrics.ofTeacher(tallies.get(0), teacherParameters, teacherBytes));
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      long parameters = StudentScorer.open(candidate.zip(), candidate.place()).parameters();
      models.put(
          candidate.name(),
          ModelMetrics.ofStudent(tallies.get(i + 1), parameters, candidate.zip().length));
    }
    return Metrics.of(tallies.get(0).rows(), models);
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
    return ModelMetrics.ofTeacher(tallies(answers, List.of()).get(0), parameters, bytes);
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
