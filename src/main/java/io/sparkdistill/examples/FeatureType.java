package io.sparkdistill.examples;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;

/**
 * What a column of inputs is made of. Teachers and students read floats; smaller whole numbers,
 * which floats hold exactly, are kept as what they are.
 */
public enum FeatureType {
  /** Inputs are not kept. */
  NONE,
  /** Single precision; doubles and long numbers are rounded to it, as teachers see them. */
  FLOAT,
  /** Whole numbers of 8 bits. */
  BYTE,
  /** Whole numbers of 16 bits. */
  SHORT,
  /** Whole numbers of 32 bits; beyond 2^24 rounded to what a float holds. */
  INT;

  static FeatureType of(DataType column) {
    DataType element = column instanceof ArrayType array ? array.elementType() : column;
    if (element instanceof ByteType) {
      return BYTE;
    }
    if (element instanceof ShortType) {
      return SHORT;
    }
    return element instanceof IntegerType ? INT : FLOAT;
  }

  /**
   * The type of a column of such inputs.
   *
   * @return an array
   * @throws IllegalStateException if there are none
   */
  public DataType column() {
    return DataTypes.createArrayType(
        switch (this) {
          case NONE -> throw new IllegalStateException("No inputs.");
          case FLOAT -> DataTypes.FloatType;
          case BYTE -> DataTypes.ByteType;
          case SHORT -> DataTypes.ShortType;
          case INT -> DataTypes.IntegerType;
        });
  }
}
