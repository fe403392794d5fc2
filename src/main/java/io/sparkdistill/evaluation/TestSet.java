package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * What models are judged on.
 *
 * @param rows with the teacher's answers
 * @param slices which of them the rows are in, where any are configured
 */
public record TestSet(JavaRDD<SoftTarget> rows, Optional<SliceTable> slices) {
  /** As it is read in a pass: without slices no row is moved. */
  JavaRDD<TestRow> read() {
    return slices
        .map(table -> SliceJoin.join(rows, table))
        .orElseGet(() -> rows.map(row -> new TestRow(row, List.of())));
  }

  /** Slices that are told of though they may have no rows. */
  List<SliceKey> filters() {
    return slices.map(SliceTable::filters).orElse(List.of());
  }
}
