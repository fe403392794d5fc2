package io.sparkdistill.softtargets.codec;

import io.sparkdistill.config.SoftTargetsConfig;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/**
 * How the logits of a row are stored in one column. Softmax does not see a constant that is added
 * to all logits, so a codec may keep them up to one. Stateless and thread-safe.
 */
public sealed interface LogitCodec extends Serializable permits Float32Codec, PackedCodec {
  /**
   * The configured codec.
   *
   * @param config its name and parameters
   * @param classes C
   * @return the codec
   */
  static LogitCodec of(SoftTargetsConfig config, int classes) {
    return switch (config.codec()) {
      case FLOAT16 -> new Float16Codec(classes);
      case FLOAT32 -> exact();
      case INT8 -> new Int8Codec(classes);
      case TOPK -> new TopKCodec(classes, config.topK(), config.temperature());
      case SAMPLED -> new SampledCodec(classes, config.samples(), config.temperature());
    };
  }

  /**
   * The codec that loses nothing.
   *
   * @return float32
   */
  static LogitCodec exact() {
    return new Float32Codec();
  }

  /**
   * All that a reader must know of a codec but the number of classes; manifests name it.
   *
   * @return such as {@code float16} or {@code topk(32) at 4.0}
   */
  String description();

  /**
   * The column's type.
   *
   * @return a Spark SQL type
   */
  DataType columnType();

  /**
   * What a row says of logits, once they are stored in it.
   *
   * @param logits C of them
   * @param seed of what is drawn at random, the same for the same row; others ignore it
   * @return C logits, as {@link #decode} would give them
   */
  float[] stored(float[] logits, long seed);

  /**
   * Reads a row's logits.
   *
   * @param row with the column
   * @param ordinal the column's place
   * @return C logits
   * @throws io.sparkdistill.failure.IntegrityException if the cell is none of this codec
   */
  float[] decode(InternalRow row, int ordinal);
}
