package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.examples.SlicedId;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Puts the slices that a row is in beside it, by id. Rows come out in an order that follows from
 * their ids, so that sums over them are the same each time.
 *
 * @param source of the slices, for messages
 */
record SliceJoin(String source) implements Serializable {
  /** Two shuffles, sorted on disk as Spark sorts; an executor holds one id at a time. */
  static JavaRDD<TestRow> join(JavaRDD<SoftTarget> rows, SliceTable table) {
    JavaRDD<SlicedId> slices = table.rows();
    HashPartitioner byId =
        new HashPartitioner(
            Math.max(1, Math.max(rows.getNumPartitions(), slices.getNumPartitions())));
    SliceJoin own = new SliceJoin(table.source());
    return rows.mapToPair(row -> new Tuple2<>(row.id(), row))
        .repartitionAndSortWithinPartitions(byId)
        .values()
        .zipPartitions(
            slices
                .mapToPair(id -> new Tuple2<>(id.id(), id))
                .repartitionAndSortWithinPartitions(byId)
                .values(),
            own::merged);
  }

  /** Both sorted by their ids. */
  Iterator<TestRow> merged(Iterator<SoftTarget> rows, Iterator<SlicedId> slices) {
    return new SlicedRows(this, rows, slices);
  }

  List<SliceKey> only(SoftTarget row, List<SlicedId> found) {
    if (found.isEmpty()) {
      throw refused(row, "is not there any more. Run label first, or restore the rows.");
    }
    List<SliceKey> slices = found.get(0).slices();
    // Ids of good rows differ; others are those of bad ones, which were set aside.
    if (found.stream().anyMatch(other -> !other.slices().equals(slices))) {
      throw refused(
          row,
          "stands there several times, in other slices. Give the rows that were set aside as bad"
              + " other ids, or remove them.");
    }
    return slices;
  }

  private IntegrityException refused(SoftTarget row, String why) {
    return new IntegrityException(
        "Cannot find the slices of the test set in " + source + ", row '" + row.id() + "' " + why);
  }
}
