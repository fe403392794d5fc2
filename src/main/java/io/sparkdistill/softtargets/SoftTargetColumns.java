package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.FileColumn;
import io.sparkdistill.examples.Example;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The cache's schema, version 1. */
final class SoftTargetColumns {
  /** Bytes of SHA-256 that name an input. */
  static final int HASH_BYTES = 16;

  static final int ID = 0;
  static final int HASH = 1;
  static final int LABEL = 2;
  static final int FEATURES = 3;
  static final int LOGITS = 4;

  private SoftTargetColumns() {}

  static StructType schema(LogitCodec codec) {
    return new StructType()
        .add("id", DataTypes.StringType)
        .add("input_hash", DataTypes.BinaryType)
        .add("label", DataTypes.IntegerType)
        .add("features", DataTypes.createArrayType(DataTypes.FloatType))
        .add("logits", codec.columnType());
  }

  /** The same columns for those who write. */
  static List<FileColumn> fileColumns(LogitCodec codec) {
    return List.of(
        new FileColumn("id", FileColumn.Kind.TEXT),
        new FileColumn("input_hash", FileColumn.Kind.BYTES),
        new FileColumn("label", FileColumn.Kind.INT),
        new FileColumn("features", FileColumn.Kind.FLOATS),
        new FileColumn(
            "logits",
            codec instanceof PackedCodec ? FileColumn.Kind.BYTES : FileColumn.Kind.FLOATS));
  }

  static byte[] inputHash(InternalRow row) {
    return row.getBinary(HASH);
  }

  static Example example(InternalRow row) {
    return new Example(
        row.getUTF8String(ID).toString(), row.getInt(LABEL), row.getArray(FEATURES).toFloatArray());
  }

  /** The logits as they are stored. */
  static byte[] cell(InternalRow row, LogitCodec codec) {
    return codec instanceof PackedCodec
        ? row.getBinary(LOGITS)
        : ShardTally.plainCell(codec.decode(row, LOGITS));
  }

  static SoftTarget softTarget(InternalRow row, LogitCodec codec) {
    return new SoftTarget(
        row.getUTF8String(ID).toString(),
        row.getInt(LABEL),
        row.getArray(FEATURES).toFloatArray(),
        codec.decode(row, LOGITS));
  }
}
