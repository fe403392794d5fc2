package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.columnar.ColumnRows;
import io.sparkdistill.examples.Example;
import io.sparkdistill.softtargets.codec.PackedCodec;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Rows of the cache, in Parquet. */
final class SoftTargetFile {
  /** What its rows are, for people. */
  static final String CONTENT = "soft targets";

  private SoftTargetFile() {}

  /** Not there before its first row. */
  static AttemptFile<ScoredRow, ColumnRows<ScoredRow>> at(
      Path path, RowLayout layout, Configuration conf) {
    return new AttemptFile<>(
        CONTENT,
        path,
        ColumnRows.of(layout.fileColumns(), (row, file) -> write(row, layout, file)),
        conf);
  }

  private static void write(ScoredRow row, RowLayout layout, ColumnFile file) throws IOException {
    Example example = row.view().example();
    file.text(RowLayout.ID, example.id());
    file.number(RowLayout.VIEW, row.view().number());
    file.number(RowLayout.SEED, row.view().seed());
    file.bytes(RowLayout.HASH, row.inputHash());
    file.number(RowLayout.LABEL, example.label());
    if (layout.codec() instanceof PackedCodec) {
      file.bytes(RowLayout.LOGITS, row.cells().get(0));
    } else {
      file.list(RowLayout.LOGITS, row.logits());
    }
    for (int i = 0; i < layout.intermediates(); i++) {
      file.bytes(layout.intermediate(i), row.cells().get(1 + i));
    }
    if (layout.hasFeatures()) {
      file.list(layout.inputs(), example.features());
    }
    if (layout.weighted()) {
      file.number(layout.weight(), example.weight());
    }
  }
}
