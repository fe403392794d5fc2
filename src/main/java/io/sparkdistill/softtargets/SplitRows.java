package io.sparkdistill.softtargets;

import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.TableSplits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.runtime.AbstractFunction1;

/**
 * The rows of some of a table's splits.
 *
 * @param rows partition i has those of split i
 * @param splits in a plain list, because it travels by Java serialization
 */
record SplitRows(JavaRDD<InternalRow> rows, ArrayList<InputSplit> splits) {
  /** Those whose keys are given, in the table's order. */
  static SplitRows of(ExampleTable table, List<InputSplit> all, Set<String> keys) {
    ArrayList<InputSplit> chosen = new ArrayList<>();
    Set<Integer> partitions = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      if (keys.contains(all.get(i).key())) {
        chosen.add(all.get(i));
        partitions.add(i);
      }
    }
    return new SplitRows(
        PartitionPruningRDD.create(TableSplits.rows(table), new Kept(partitions)).toJavaRDD(),
        chosen);
  }

  /** What each split may be, in their order. */
  List<List<Shard>> candidates(Map<String, List<Shard>> byKey) {
    return splits.stream().map(split -> byKey.get(split.key())).toList();
  }

  private static final class Kept extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Set<Integer> partitions;

    Kept(Set<Integer> partitions) {
      this.partitions = partitions;
    }

    @Override
    public Object apply(Object index) {
      return partitions.contains((Integer) index);
    }
  }
}
