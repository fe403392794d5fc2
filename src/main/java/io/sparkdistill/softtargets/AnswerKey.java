package io.sparkdistill.softtargets;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Whose answer to which view of which row something is. Sorted, answers to a view are neighbours.
 *
 * @param id of the row
 * @param view number of the view
 * @param teacher number of the teacher
 */
record AnswerKey(String id, int view, int teacher) implements Comparable<AnswerKey>, Serializable {
  private static final Comparator<AnswerKey> ORDER =
      Comparator.comparing(AnswerKey::id)
          .thenComparingInt(AnswerKey::view)
          .thenComparingInt(AnswerKey::teacher);

  @Override
  public int compareTo(AnswerKey other) {
    return ORDER.compare(this, other);
  }

  boolean sameView(AnswerKey other) {
    return view == other.view && id.equals(other.id);
  }

  /**
   * One shuffle of keyed rows.
   *
   * @param keyed rows of each teacher or head
   * @return all of them, those of one view side by side, in an order that follows from keys alone
   */
  static JavaPairRDD<AnswerKey, SoftTarget> sorted(List<JavaPairRDD<AnswerKey, SoftTarget>> keyed) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(keyed.get(0).context());
    JavaPairRDD<AnswerKey, SoftTarget> all = JavaPairRDD.fromJavaRDD(context.emptyRDD());
    for (JavaPairRDD<AnswerKey, SoftTarget> some : keyed) {
      all = all.union(some);
    }
    int partitions = keyed.stream().mapToInt(JavaPairRDD::getNumPartitions).max().orElse(1);
    return all.repartitionAndSortWithinPartitions(new ById(Math.max(1, partitions)));
  }

  /** Keeps answers to a row together. */
  static final class ById extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    ById(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return Math.floorMod(((AnswerKey) key).id().hashCode(), partitions);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ById same && same.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }
}
