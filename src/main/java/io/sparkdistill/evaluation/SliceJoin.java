package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.examples.SlicedId;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Puts the slices that a row is in beside it, by id. Rows come out in an order that follows from
 * their ids, so that sums over them are the same each time.
 *
 * @param source of the slices, for messages
 */
record SliceJoin(String source) implements Serializable {
  static JavaRDD<TestRow> join(JavaRDD<SoftTarget> rows, SliceTable table) {
    JavaPairRDD<String, SoftTarget> keyed = rows.mapToPair(row -> new Tuple2<>(row.id(), row));
    JavaPairRDD<String, SlicedId> slices = table.rows().mapToPair(id -> new Tuple2<>(id.id(), id));
    SliceJoin own = new SliceJoin(table.source());
    return keyed.cogroup(slices).mapPartitions(own::matched);
  }

  private Iterator<TestRow> matched(
      Iterator<Tuple2<String, Tuple2<Iterable<SoftTarget>, Iterable<SlicedId>>>> ids) {
    List<TestRow> matched = new ArrayList<>();
    ids.forEachRemaining(
        id -> id._2()._1().forEach(row -> matched.add(new TestRow(row, only(row, id._2()._2())))));
    matched.sort(Comparator.comparing(row -> row.target().id()));
    return matched.iterator();
  }

  List<SliceKey> only(SoftTarget row, Iterable<SlicedId> found) {
    Iterator<SlicedId> all = found.iterator();
    if (!all.hasNext()) {
      throw refused(row, "is not there any more. Run label first, or restore the rows.");
    }
    List<SliceKey> slices = all.next().slices();
    // Ids of good rows differ; others are those of bad ones, which were set aside.
    while (all.hasNext()) {
      if (!all.next().slices().equals(slices)) {
        throw refused(
            row,
            "stands there several times, in other slices. Give the rows that were set aside as bad"
                + " other ids, or remove them.");
      }
    }
    return slices;
  }

  private IntegrityException refused(SoftTarget row, String why) {
    return new IntegrityException(
        "Cannot find the slices of the test set in " + source + ", row '" + row.id() + "' " + why);
  }
}
