package io.sparkdistill.softtargets;

import io.sparkdistill.teacher.Combination;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Joins what several teachers say of the same rows, by id and view, and makes it one answer. Rows
 * come out in an order that follows from their ids alone. Immutable and thread-safe.
 *
 * @param names of the teachers
 * @param shown number of the teacher whose inputs are the student's
 * @param combination of the answers
 */
public record AnswerJoin(List<String> names, int shown, Combination combination)
    implements Serializable {
  private static final float[] NO_FEATURES = {};

  /** Copies the names into a plain list, because they travel by Java serialization. */
  public AnswerJoin {
    names = new ArrayList<>(names);
  }

  /**
   * One shuffle of all answers.
   *
   * @param answers of each teacher, in their order
   * @return the rows with one answer each
   * @throws io.sparkdistill.failure.IntegrityException when rows are read, if the teachers did not
   *     answer the same ones
   */
  public JavaRDD<SoftTarget> join(List<JavaRDD<SoftTarget>> answers) {
    List<JavaPairRDD<AnswerKey, SoftTarget>> keyed = new ArrayList<>();
    for (int k = 0; k < answers.size(); k++) {
      int teacher = k;
      boolean inputs = k == shown;
      keyed.add(answers.get(k).mapToPair(row -> keyed(row, teacher, inputs)));
    }
    AnswerJoin own = this;
    return AnswerKey.sorted(keyed).mapPartitions(own::combined);
  }

  private static Tuple2<AnswerKey, SoftTarget> keyed(SoftTarget row, int teacher, boolean inputs) {
    return new Tuple2<>(
        new AnswerKey(row.id(), row.view(), teacher),
        inputs
            ? row
            : new SoftTarget(
                row.id(),
                row.view(),
                row.label(),
                NO_FEATURES,
                row.logits(),
                row.weight(),
                row.tensors()));
  }

  private Iterator<SoftTarget> combined(Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    return new CombinedRows(this, sorted);
  }
}
