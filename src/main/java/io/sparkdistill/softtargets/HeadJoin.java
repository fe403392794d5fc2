package io.sparkdistill.softtargets;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Joins what the caches of several heads say of the same inputs, by id and view. A row that some
 * head does not have counts nothing there. Rows come out in an order that follows from their ids
 * alone. Immutable and thread-safe.
 *
 * @param names of the heads
 * @param classes of each, C
 */
public record HeadJoin(List<String> names, List<Integer> classes) implements Serializable {
  /** Copies the lists into plain ones, because they travel by Java serialization. */
  public HeadJoin {
    names = new ArrayList<>(names);
    classes = new ArrayList<>(classes);
  }

  /**
   * One shuffle of all rows, with their inputs.
   *
   * @param rows of each head, in their order
   * @return one for each view of each row that any head has
   * @throws io.sparkdistill.failure.IntegrityException when rows are read, if heads have other
   *     inputs under one id, or a head has one twice
   */
  public JavaRDD<JointRow> join(List<JavaRDD<SoftTarget>> rows) {
    List<JavaPairRDD<AnswerKey, SoftTarget>> keyed = new ArrayList<>();
    for (int k = 0; k < rows.size(); k++) {
      int head = k;
      keyed.add(
          rows.get(k)
              .mapToPair(row -> new Tuple2<>(new AnswerKey(row.id(), row.view(), head), row)));
    }
    HeadJoin own = this;
    return AnswerKey.sorted(keyed).mapPartitions(own::joined);
  }

  private Iterator<JointRow> joined(Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    return new JoinedRows(this, sorted);
  }

  int width() {
    return classes.stream().mapToInt(Integer::intValue).sum();
  }

  /** The place of a head's first class among those of all. */
  int first(int head) {
    return classes.subList(0, head).stream().mapToInt(Integer::intValue).sum();
  }
}
