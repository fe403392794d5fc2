package io.sparkdistill.softtargets;

import io.sparkdistill.config.SoftTargetsConfig;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/**
 * How the logits of a row are stored in one column. Softmax does not see a constant that is added
 * to all logits, so a codec may keep them up to one. Stateless and thread-safe.
 */
public sealed interface LogitCodec extends Serializable permits Float16Codec, Float32Codec {
  /**
   * The configured codec.
   *
   * @param codec its name
   * @return the codec
   */
  static LogitCodec of(SoftTargetsConfig.Codec codec) {
    return switch (codec) {
      case FLOAT16 -> new Float16Codec();
      case FLOAT32 -> new Float32Codec();
    };
  }

  /**
   * The column's type.
   *
   * @return a Spark SQL type
   */
  DataType columnType();

  /**
   * Reads a row's logits.
   *
   * @param row with the column
   * @param ordinal the column's place
   * @return C logits
   */
  float[] decode(InternalRow row, int ordinal);

  /**
   * Puts a row's logits where they are written from.
   *
   * @param logits C of them, also NaN, which survives
   * @param row whose field is set
   */
  void encode(float[] logits, ScoredRow row);
}
