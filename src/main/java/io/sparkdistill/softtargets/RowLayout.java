package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.FileColumn;
import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.softtargets.codec.PackedCodec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a cache, schema version 2.
 *
 * @param codec how logits are stored
 * @param features what inputs are stored as
 * @param intermediates how many of the teacher's inner tensors are stored
 * @param weighted whether weights are stored; who reads looks for them in any case
 */
public record RowLayout(LogitCodec codec, FeatureType features, int intermediates, boolean weighted)
    implements Serializable {
  static final int ID = 0;
  static final int VIEW = 1;
  static final int SEED = 2;
  static final int HASH = 3;
  static final int LABEL = 4;
  static final int LOGITS = 5;
  private static final int FIRST_INTERMEDIATE = 6;

  /**
   * Columns of rows that count alike.
   *
   * @param codec how logits are stored
   * @param features what inputs are stored as
   * @param intermediates how many of the teacher's inner tensors are stored
   */
  public RowLayout(LogitCodec codec, FeatureType features, int intermediates) {
    this(codec, features, intermediates, false);
  }

  boolean hasFeatures() {
    return features != FeatureType.NONE;
  }

  /** The place of an inner tensor, in the order of the configuration. */
  int intermediate(int number) {
    return FIRST_INTERMEDIATE + number;
  }

  /** The name of an inner tensor's column. */
  static String intermediateName(int number) {
    return "intermediate_" + number;
  }

  /** The place of the inputs, where they are stored. */
  int inputs() {
    return FIRST_INTERMEDIATE + intermediates;
  }

  /** The place of the weight, where it is stored. */
  int weight() {
    return inputs() + (hasFeatures() ? 1 : 0);
  }

  /** What is not in a file is null. */
  StructType schema() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("view", DataTypes.IntegerType)
            .add("view_seed", DataTypes.LongType)
            .add("input_hash", DataTypes.BinaryType)
            .add("label", DataTypes.IntegerType)
            .add("logits", codec.columnType());
    for (int i = 0; i < intermediates; i++) {
      schema = schema.add(intermediateName(i), DataTypes.BinaryType);
    }
    if (hasFeatures()) {
      schema = schema.add("features", features.column());
    }
    return schema.add("weight", DataTypes.FloatType);
  }

  /** The same columns for those who write. */
  List<FileColumn> fileColumns() {
    List<FileColumn> columns =
        new ArrayList<>(
            List.of(
                new FileColumn("id", FileColumn.Kind.TEXT),
                new FileColumn("view", FileColumn.Kind.INT),
                new FileColumn("view_seed", FileColumn.Kind.LONG),
                new FileColumn("input_hash", FileColumn.Kind.BYTES),
                new FileColumn("label", FileColumn.Kind.INT),
                new FileColumn(
                    "logits",
                    codec instanceof PackedCodec
                        ? FileColumn.Kind.BYTES
                        : FileColumn.Kind.FLOATS)));
    for (int i = 0; i < intermediates; i++) {
      columns.add(new FileColumn(intermediateName(i), FileColumn.Kind.BYTES));
    }
    if (hasFeatures()) {
      columns.add(new FileColumn("features", kind()));
    }
    if (weighted) {
      columns.add(new FileColumn("weight", FileColumn.Kind.FLOAT));
    }
    return columns;
  }

  private FileColumn.Kind kind() {
    return switch (features) {
      case NONE, FLOAT -> FileColumn.Kind.FLOATS;
      case BYTE -> FileColumn.Kind.BYTE_LIST;
      case SHORT -> FileColumn.Kind.SHORT_LIST;
      case INT -> FileColumn.Kind.INT_LIST;
    };
  }
}
