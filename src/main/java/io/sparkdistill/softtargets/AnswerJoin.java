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
      JavaRDD<SoftTarget> rows =
          k == shown ? answers.get(k) : answers.get(k).map(SoftTarget::withoutFeatures);
      keyed.add(
          rows.mapToPair(row -> new Tuple2<>(new AnswerKey(row.id(), row.view(), teacher), row)));
    }
    AnswerJoin own = this;
    return AnswerKey.sorted(keyed).mapPartitions(own::combined);
  }

  private Iterator<SoftTarget> combined(Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    return new CombinedRows(this, sorted);
  }
}
