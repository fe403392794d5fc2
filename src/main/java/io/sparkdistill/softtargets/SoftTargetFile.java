package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.examples.Example;
import java.io.IOException;

/** Rows of the cache, in Parquet. */
final class SoftTargetFile implements RowFile<ScoredRow> {
  private final LogitCodec codec;
  private final ColumnFile file;

  private SoftTargetFile(LogitCodec codec, ColumnFile file) {
    this.codec = codec;
    this.file = file;
  }

  static Format<ScoredRow> format(LogitCodec codec) {
    return (path, conf) ->
        new SoftTargetFile(
            codec, ColumnFile.create(path, SoftTargetColumns.fileColumns(codec), conf));
  }

  @Override
  public void write(ScoredRow row) throws IOException {
    Example example = row.example();
    file.text(SoftTargetColumns.ID, example.id());
    file.bytes(SoftTargetColumns.HASH, row.inputHash());
    file.number(SoftTargetColumns.LABEL, example.label());
    file.list(SoftTargetColumns.FEATURES, example.features());
    if (codec instanceof PackedCodec) {
      file.bytes(SoftTargetColumns.LOGITS, row.packed());
    } else {
      file.list(SoftTargetColumns.LOGITS, row.logits());
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

  @Override
  public long columnBytes(String column) {
    return file.columnBytes(column);
  }
}
