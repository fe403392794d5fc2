package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.columnar.RowWriter;
import io.sparkdistill.examples.Example;
import java.io.IOException;

/** Rows of the cache, in Parquet. */
final class SoftTargetFile implements RowWriter<ScoredRow> {
  private final RowLayout layout;
  private final ColumnFile file;

  private SoftTargetFile(RowLayout layout, ColumnFile file) {
    this.layout = layout;
    this.file = file;
  }

  static AttemptFile.Creation<SoftTargetFile> format(RowLayout layout) {
    return (path, conf) ->
        new SoftTargetFile(layout, ColumnFile.create(path, layout.fileColumns(), conf));
  }

  @Override
  public void write(ScoredRow row) throws IOException {
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
    file.endRow();
  }

  @Override
  public void finish() throws IOException {
    file.close();
  }

  @Override
  public void abandon() throws IOException {
    file.abandon();
  }

  /** Bytes of a column and all below it, compressed, after the file was finished. */
  long columnBytes(String column) {
    return file.columnBytes(column);
  }
}
