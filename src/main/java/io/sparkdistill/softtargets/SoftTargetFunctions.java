package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.softtargets.codec.CodecNames;
import io.sparkdistill.softtargets.codec.HalfCells;
import io.sparkdistill.softtargets.codec.PackedCodec;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads the cache's column of logits outside of the pipeline, from Java and from Spark SQL.
 * Stateless and thread-safe.
 */
public final class SoftTargetFunctions {
  /** What {@link #register} calls the function. */
  public static final String DISTILL_LOGITS = "distill_logits";

  /** What {@link #register} calls the function for inner tensors. */
  public static final String DISTILL_INTERMEDIATE = "distill_intermediate";

  private SoftTargetFunctions() {}

  /**
   * The logits of one cell.
   *
   * @param cell bytes of the column {@code logits}
   * @param codec as the manifest's input {@code codec} names it, such as {@code topk(32) at 4.0}
   * @param classes C, as the manifest's input {@code classes} names it
   * @return C logits, up to a constant added to all; of {@code topk} and {@code sampled}, softmax
   *     at their temperature is what was stored
   * @throws InvalidConfigurationException if there is no such codec of bytes
   * @throws IntegrityException if the codec cannot have written the cell
   */
  public static float[] decode(byte[] cell, String codec, int classes) {
    if (CodecNames.parse(codec, classes) instanceof PackedCodec packed) {
      return packed.unpack(cell);
    }
    throw new InvalidConfigurationException(
        "Cannot read bytes as logits, the codec stores arrays: "
            + codec
            + ". Name the codec that the cache's manifest names.");
  }

  /**
   * The values of one cell of the teacher's inner tensors.
   *
   * @param cell bytes of a column {@code intermediate_0} and on
   * @return its numbers, in the tensor's order
   * @throws io.sparkdistill.failure.IntegrityException if these are no half-precision numbers
   */
  public static float[] intermediate(byte[] cell) {
    return HalfCells.unpack(cell);
  }

  /**
   * Makes {@code distill_logits(logits, codec, classes)} known to a session's SQL. Its arguments
   * are those of {@link #decode}, its result is an array of C floats, null for null. An array, as
   * {@code float32} has it, is given back, so that one query reads every cache. Also {@code
   * distill_intermediate(cell)}, of {@link #intermediate}, null for null.
   *
   * @param spark a running session
   */
  public static void register(SparkSession spark) {
    spark
        .udf()
        .register(
            DISTILL_LOGITS,
            (UDF3<Object, String, Integer, Object>) SoftTargetFunctions::logits,
            DataTypes.createArrayType(DataTypes.FloatType, false));
    spark
        .udf()
        .register(
            DISTILL_INTERMEDIATE,
            (UDF1<byte[], float[]>) cell -> cell == null ? null : intermediate(cell),
            DataTypes.createArrayType(DataTypes.FloatType, false));
  }

  private static Object logits(Object cell, String codec, Integer classes) {
    if (cell == null || codec == null || classes == null) {
      return null;
    }
    if (cell instanceof byte[] bytes) {
      return decode(bytes, codec, classes);
    }
    if (CodecNames.parse(codec, classes) instanceof PackedCodec packed) {
      throw packed.damaged("it is an array");
    }
    return cell;
  }
}
