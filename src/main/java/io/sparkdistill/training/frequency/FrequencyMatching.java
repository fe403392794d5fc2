package io.sparkdistill.training.frequency;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentScorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Asks a student about all rows, and finds the biases with which it predicts some classes as often
 * as they are labels. Immutable and thread-safe.
 *
 * @param classes which, each once, at least one
 * @param batchSize rows that the student scores at once
 */
public record FrequencyMatching(List<Integer> classes, int batchSize) implements Serializable {
  private static final String PLACE = "the student whose biases are moved";

  /** Copies the classes into a plain list, because they travel by Java serialization. */
  public FrequencyMatching {
    classes = new ArrayList<>(classes);
  }

  /**
   * One distributed pass. The driver holds 4 k + 12 bytes of each row, for k classes; executors
   * keep 4 k + 4 until it has them, and send them one partition after the other, so that Spark's
   * limit of what a job may send it is one for each partition.
   *
   * @param rows with labels, each counted once, those included that the student did not learn from
   * @param zip the student, as it would be published
   * @return by class, what is to be added to its bias, in logits
   * @throws BadInputException if there are no rows
   */
  public SortedMap<Integer, Double> shifts(JavaRDD<SoftTarget> rows, byte[] zip) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<byte[]> student = context.broadcast(zip);
    FrequencyMatching own = this;
    JavaRDD<ClassScores> scored =
        rows.mapPartitions(part -> own.scores(part, student.value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      // All partitions side by side, before they are asked for one by one.
      if (scored.count() == 0) {
        throw noLabels();
      }
      List<ClassScores> scores = new ArrayList<>();
      scored.toLocalIterator().forEachRemaining(scores::add);
      double[] shifts = new FrequencyMatch(scores).shifts();
      SortedMap<Integer, Double> byClass = new TreeMap<>();
      for (int c = 0; c < shifts.length; c++) {
        byClass.put(classes.get(c), shifts[c]);
      }
      return byClass;
    } finally {
      scored.unpersist();
      student.destroy();
    }
  }

  /**
   * The refusal of rows without labels.
   *
   * @return to be thrown
   */
  public static BadInputException noLabels() {
    return new BadInputException(
        "Cannot match class frequencies, no row has a label: 0 rows. Label some, or let"
            + " training.transferSet.matchFrequencies be [].");
  }

  private Iterator<ClassScores> scores(Iterator<SoftTarget> rows, byte[] zip) {
    StudentScorer scorer = StudentScorer.open(zip, PLACE);
    List<ClassScores> scores = new ArrayList<>();
    List<SoftTarget> batch = new ArrayList<>(batchSize);
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() == batchSize || !rows.hasNext()) {
        scores.add(
            ClassScores.of(
                scorer.score(FloatArrays.sideBySide(batch, SoftTarget::features), batch.size()),
                batch,
                classes));
        batch.clear();
      }
    }
    return scores.iterator();
  }
}
