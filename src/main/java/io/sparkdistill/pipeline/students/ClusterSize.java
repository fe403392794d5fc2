package io.sparkdistill.pipeline.students;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.storage.Manifest;
import java.util.Optional;

/**
 * How many workers train where the configuration leaves that to the cluster, which may have another
 * size by the next training. Stateless.
 */
public final class ClusterSize {
  private ClusterSize() {}

  /**
   * Another number of workers is another student: who is compared with a student trains with as
   * many as it did.
   *
   * @param name of the stage that trains
   */
  static int workers(RunContext context, String name) {
    Optional<Manifest> student =
        name.equals(Metrics.STUDENT)
            ? Optional.empty()
            : new StudentVersions(context, Metrics.STUDENT).current();
    return student
        .map(manifest -> (int) manifest.number(Trained.WORKERS))
        .orElseGet(() -> now(context));
  }

  /**
   * As Spark knows it by now.
   *
   * @param context of the run
   * @return tasks that run at once; at least 1
   */
  public static int now(RunContext context) {
    return context.spark().sparkContext().defaultParallelism();
  }

  /**
   * What is to be said of two students that are compared.
   *
   * @param student of the one
   * @param baseline of the other
   * @return nothing where as many workers trained both
   */
  public static Optional<String> difference(Manifest student, Manifest baseline) {
    String ofStudent = student.facts().get(Trained.WORKERS);
    String ofBaseline = baseline.facts().get(Trained.WORKERS);
    return ofStudent == null || ofBaseline == null || ofStudent.equals(ofBaseline)
        ? Optional.empty()
        : Optional.of(
            "the student was trained by "
                + ofStudent
                + " workers and the baseline by "
                + ofBaseline
                + ", so that they differ by more than the teaching; set training.workers");
  }
}
