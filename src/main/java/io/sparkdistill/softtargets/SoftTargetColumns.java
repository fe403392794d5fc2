package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.View;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads rows of a {@link RowLayout}, whose features were cast to floats. */
final class SoftTargetColumns {
  private static final float[] NO_FEATURES = {};

  private SoftTargetColumns() {}

  static byte[] inputHash(InternalRow row) {
    return row.getBinary(RowLayout.HASH);
  }

  static View view(InternalRow row, RowLayout layout) {
    return new View(
        new Example(
            row.getUTF8String(RowLayout.ID).toString(),
            row.getInt(RowLayout.LABEL),
            features(row, layout)),
        row.getInt(RowLayout.VIEW),
        row.getLong(RowLayout.SEED));
  }

  /** The logits as they are stored. */
  static byte[] cell(InternalRow row, LogitCodec codec) {
    return codec instanceof PackedCodec
        ? row.getBinary(RowLayout.LOGITS)
        : ShardTally.plainCell(codec.decode(row, RowLayout.LOGITS));
  }

  static CachedRow cachedRow(InternalRow row, RowLayout layout) {
    return new CachedRow(
        view(row, layout), inputHash(row), layout.codec().decode(row, RowLayout.LOGITS));
  }

  private static float[] features(InternalRow row, RowLayout layout) {
    return layout.hasFeatures() ? row.getArray(RowLayout.FEATURES).toFloatArray() : NO_FEATURES;
  }
}
