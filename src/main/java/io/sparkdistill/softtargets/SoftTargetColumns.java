package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.View;
import io.sparkdistill.softtargets.codec.HalfCells;
import io.sparkdistill.softtargets.codec.PackedCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads rows of a {@link RowLayout}, whose features were cast to floats. */
final class SoftTargetColumns {
  private static final float[] NO_FEATURES = {};
  private static final float[] NO_ANSWER = {};

  private SoftTargetColumns() {}

  static byte[] inputHash(InternalRow row) {
    return row.getBinary(RowLayout.HASH);
  }

  static View view(InternalRow row, RowLayout layout) {
    return new View(
        new Example(
            row.getUTF8String(RowLayout.ID).toString(),
            row.getInt(RowLayout.LABEL),
            features(row, layout),
            NO_ANSWER,
            row.isNullAt(layout.weight()) ? 1 : row.getFloat(layout.weight())),
        row.getInt(RowLayout.VIEW),
        row.getLong(RowLayout.SEED));
  }

  /** All that the teacher said, as it is stored: the logits, then its inner tensors. */
  static List<byte[]> cells(InternalRow row, RowLayout layout) {
    List<byte[]> cells = new ArrayList<>(1 + layout.intermediates());
    cells.add(
        layout.codec() instanceof PackedCodec
            ? row.getBinary(RowLayout.LOGITS)
            : ShardTally.plainCell(layout.codec().decode(row, RowLayout.LOGITS)));
    for (int i = 0; i < layout.intermediates(); i++) {
      cells.add(row.getBinary(layout.intermediate(i)));
    }
    return cells;
  }

  /** A row whose last columns are so many tensors. */
  static CachedRow cachedRow(InternalRow row, RowLayout layout, int tensors) {
    return new CachedRow(
        view(row, layout),
        inputHash(row),
        layout.codec().decode(row, RowLayout.LOGITS),
        tensors(row, tensors));
  }

  private static float[][] tensors(InternalRow row, int count) {
    float[][] tensors = new float[count][];
    for (int i = 0; i < count; i++) {
      tensors[i] = HalfCells.unpack(row.getBinary(row.numFields() - count + i));
    }
    return tensors;
  }

  private static float[] features(InternalRow row, RowLayout layout) {
    return layout.hasFeatures() ? row.getArray(layout.inputs()).toFloatArray() : NO_FEATURES;
  }
}
