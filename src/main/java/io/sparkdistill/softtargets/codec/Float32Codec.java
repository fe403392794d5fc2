package io.sparkdistill.softtargets.codec;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Logits as the teacher gave them, an array of float: 4C bytes that anything can read. */
record Float32Codec() implements LogitCodec {
  private static final long serialVersionUID = 1L;

  @Override
  public String description() {
    return "float32";
  }

  @Override
  public DataType columnType() {
    return DataTypes.createArrayType(DataTypes.FloatType, false);
  }

  @Override
  public float[] stored(float[] logits, long seed) {
    return logits;
  }

  @Override
  public float[] decode(InternalRow row, int ordinal) {
    return row.getArray(ordinal).toFloatArray();
  }
}
