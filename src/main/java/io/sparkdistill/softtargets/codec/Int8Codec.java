package io.sparkdistill.softtargets.codec;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Logits as steps below the row's largest, C + 2 bytes: the step as little-endian binary16, then a
 * byte a class, 0 to 255 steps. The step is a 255th of the row's range, rounded up to a half, so a
 * logit is off by at most half a step. Where the range exceeds 255 times 65504, what is below that
 * is stored as that. Rows of equal logits have the step 0, rows with NaN the step NaN.
 *
 * @param classes C, 1 or more
 */
record Int8Codec(int classes) implements PackedCodec {
  private static final long serialVersionUID = 1L;
  private static final int MOST_STEPS = 255;
  private static final short LARGEST_HALF = 0x7bff;
  private static final short NAN = 0x7e00;

  @Override
  public String description() {
    return "int8";
  }

  @Override
  public byte[] pack(float[] logits, long seed) {
    ByteBuffer bytes = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
    double max = logits[Distributions.argMax(logits)];
    double range = 0;
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return bytes.putShort(NAN).array();
      }
      range = Math.max(range, max - logit);
    }
    short half = halfNotBelow(range / MOST_STEPS);
    bytes.putShort(half);
    double step = Half.toFloat(half);
    for (float logit : logits) {
      // 0 / 0 is NaN, and NaN cast to int is 0.
      bytes.put((byte) (int) Math.min(MOST_STEPS, Math.rint((max - logit) / step)));
    }
    return bytes.array();
  }

  @Override
  public float[] unpack(byte[] bytes) {
    requireLength(bytes, length());
    ByteBuffer cell = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float step = Half.toFloat(cell.getShort());
    float[] logits = new float[classes];
    if (Float.isNaN(step)) {
      Arrays.fill(logits, Float.NaN);
      return logits;
    }
    if (step < 0 || Float.isInfinite(step)) {
      throw damaged("its step is " + step);
    }
    for (int i = 0; i < classes; i++) {
      logits[i] = step * -Byte.toUnsignedInt(cell.get());
    }
    return logits;
  }

  private int length() {
    return Short.BYTES + classes;
  }

  private static short halfNotBelow(double value) {
    if (value >= Half.toFloat(LARGEST_HALF)) {
      return LARGEST_HALF;
    }
    short nearest = Half.fromFloat((float) value);
    // Halves of one sign are ordered like their bits.
    return Half.toFloat(nearest) < value ? (short) (nearest + 1) : nearest;
  }
}
