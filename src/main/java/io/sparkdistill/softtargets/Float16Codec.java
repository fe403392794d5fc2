package io.sparkdistill.softtargets;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Logits less their maximum as little-endian binary16, 2C bytes. The largest becomes 0 and those
 * near it, which carry the probability, are the most exact. What is more than 65504 below the
 * maximum is stored as -65504.
 */
record Float16Codec() implements LogitCodec {
  private static final long serialVersionUID = 1L;
  private static final float LEAST = -65504;

  @Override
  public DataType columnType() {
    return DataTypes.BinaryType;
  }

  @Override
  public void encode(float[] logits, ScoredRow row) {
    row.setPackedLogits(pack(logits));
  }

  @Override
  public float[] decode(InternalRow row, int ordinal) {
    return unpack(row.getBinary(ordinal));
  }

  static byte[] pack(float[] logits) {
    float max = logits[Distributions.argMax(logits)];
    ByteBuffer bytes =
        ByteBuffer.allocate(logits.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float logit : logits) {
      bytes.putShort(Half.fromFloat(Math.max(LEAST, logit - max)));
    }
    return bytes.array();
  }

  static float[] unpack(byte[] bytes) {
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] logits = new float[halves.remaining()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Half.toFloat(halves.get(i));
    }
    return logits;
  }
}
