package io.sparkdistill.training.rows;

import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/** Puts neighbouring partitions together; Spark's own goes by where they lie. */
final class InOrderCoalescer implements PartitionCoalescer, scala.Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionGroup[] coalesce(int most, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    int groups = Math.min(most, partitions.length);
    PartitionGroup[] result = new PartitionGroup[groups];
    for (int group = 0; group < groups; group++) {
      result[group] = new PartitionGroup(Option.empty());
      int end = (int) ((group + 1L) * partitions.length / groups);
      for (int i = (int) ((long) group * partitions.length / groups); i < end; i++) {
        result[group].partitions().$plus$eq(partitions[i]);
      }
    }
    return result;
  }
}
