package io.sparkdistill.softtargets.codec;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Logits less their maximum as little-endian binary16, 2C bytes. The largest becomes 0 and those
 * near it, which carry the probability, are the most exact: a logit d below the largest is off by
 * at most d / 2048, or 2^-25. What is more than 65504 below the maximum is stored as -65504.
 *
 * @param classes C, 1 or more
 */
record Float16Codec(int classes) implements PackedCodec {
  private static final long serialVersionUID = 1L;
  private static final float LEAST = -65504;

  @Override
  public String description() {
    return "float16";
  }

  @Override
  public byte[] pack(float[] logits, long seed) {
    float max = logits[Distributions.argMax(logits)];
    ByteBuffer bytes = ByteBuffer.allocate(classes * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float logit : logits) {
      bytes.putShort(Half.fromFloat(Math.max(LEAST, logit - max)));
    }
    return bytes.array();
  }

  @Override
  public float[] unpack(byte[] bytes) {
    requireLength(bytes, classes * Short.BYTES);
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] logits = new float[classes];
    for (int i = 0; i < classes; i++) {
      logits[i] = Half.toFloat(halves.get(i));
      if (logits[i] > 0 || Float.isInfinite(logits[i])) {
        throw damaged("class " + i + " has " + logits[i]);
      }
    }
    return logits;
  }
}
