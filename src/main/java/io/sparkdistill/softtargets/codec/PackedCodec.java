package io.sparkdistill.softtargets.codec;

import io.sparkdistill.failure.IntegrityException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A codec of bytes: a row's logits are one binary cell. What is no finite number makes the whole
 * cell one that unpacks to NaN, so that a look at what was written finds it; only float16 keeps NaN
 * and others apart by class.
 */
public sealed interface PackedCodec extends LogitCodec
    permits Float16Codec, Int8Codec, SampledCodec, TopKCodec {
  /**
   * The cell of a row.
   *
   * @param logits C of them
   * @param seed of what is drawn at random, the same for the same row; others ignore it
   * @return bytes that {@link #unpack} understands
   */
  byte[] pack(float[] logits, long seed);

  /**
   * The logits of a cell.
   *
   * @param bytes of {@link #pack}
   * @return C logits, up to a constant added to all
   * @throws IntegrityException if this codec cannot have written the bytes
   */
  float[] unpack(byte[] bytes);

  @Override
  default float[] stored(float[] logits, long seed) {
    return unpack(pack(logits, seed));
  }

  @Override
  default DataType columnType() {
    return DataTypes.BinaryType;
  }

  @Override
  default float[] decode(InternalRow row, int ordinal) {
    if (row.isNullAt(ordinal)) {
      throw damaged("there is no cell");
    }
    return unpack(row.getBinary(ordinal));
  }

  /**
   * Refuses cells of another length.
   *
   * @param cell bytes of one row
   * @param expected how many there must be
   * @throws IntegrityException if there are more or fewer
   */
  default void requireLength(byte[] cell, int expected) {
    if (cell.length != expected) {
      throw damaged("it has " + cell.length + " bytes instead of " + expected);
    }
  }

  /**
   * Refuses temperatures at which logits would leave the floats; those of a configuration fit.
   *
   * @param temperature of a codec
   * @throws IllegalArgumentException unless it is 0.01 to 1000
   */
  static void requireTemperature(double temperature) {
    if (!(temperature >= 0.01 && temperature <= 1000)) {
      throw new IllegalArgumentException("Temperature must be 0.01 to 1000: " + temperature);
    }
  }

  /**
   * What is thrown for a cell that is not one of this codec's.
   *
   * @param found what is wrong with it
   * @return to be thrown
   */
  default IntegrityException damaged(String found) {
    return new IntegrityException(
        "Cannot read a cell of logits, it is none of codec "
            + description()
            + " for "
            + classes()
            + " classes: "
            + found
            + ". Name the codec and the classes that its manifest names, or make the cache again.");
  }

  /**
   * C.
   *
   * @return at least 1
   */
  int classes();
}
