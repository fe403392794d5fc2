package io.sparkdistill.softtargets.codec;

import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The K most probable classes of softmax(logits / T), and how probable all others are together: 2K
 * + 2 + ceil(K b / 8) bytes, where b = ceil(log2 C). First the logarithm of the others' probability
 * and the K log-probabilities as little-endian binary16, in the order of the classes; then the K
 * classes in rising order, b bits each, the most significant first. What is below -65504 is stored
 * as -65504. Rows with NaN have NaN for the others.
 *
 * <p>Unpacked logits z have softmax(z / T) equal to the stored distribution, brought to the sum 1,
 * with the others equally probable, and less than each of the K: where rounding would make them
 * equal, the K are raised by a float's last bit, so that it can be seen which were kept. A stored
 * log-probability l is off by at most |l| / 2048, or 2^-25; what the others look like is lost. Of
 * equally probable classes the first are kept.
 *
 * @param classes C, 2 or more
 * @param k K, 1 to C - 1
 * @param temperature T, 0.01 to 1000; at another one the others carry another share
 */
record TopKCodec(int classes, int k, double temperature) implements PackedCodec {
  private static final long serialVersionUID = 1L;
  private static final float LEAST = -65504;

  TopKCodec {
    if (k < 1 || k >= classes) {
      throw new IllegalArgumentException("K must be 1 to " + (classes - 1) + ": " + k);
    }
    PackedCodec.requireTemperature(temperature);
  }

  @Override
  public String description() {
    return "topk(" + k + ") at " + temperature;
  }

  @Override
  public byte[] pack(float[] logits, long seed) {
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    double max = sorted[classes - 1];
    // NaN is sorted to the end.
    if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[classes - 1])) {
      return nan();
    }
    int[] best = best(logits, sorted[classes - k]);
    double sumOfBest = 0;
    double sumOfOthers = 0;
    int next = 0;
    for (int i = 0; i < classes; i++) {
      // StrictMath: the same bytes on every machine.
      double term = StrictMath.exp((logits[i] - max) / temperature);
      if (next < k && best[next] == i) {
        sumOfBest += term;
        next++;
      } else {
        sumOfOthers += term;
      }
    }
    double logSum = StrictMath.log(sumOfBest + sumOfOthers);
    ByteBuffer cell = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
    cell.putShort(half(StrictMath.log(sumOfOthers) - logSum));
    for (int index : best) {
      cell.putShort(half((logits[index] - max) / temperature - logSum));
    }
    return cell.put(packed(best)).array();
  }

  @Override
  public float[] unpack(byte[] bytes) {
    requireLength(bytes, length());
    ByteBuffer cell = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float others = Half.toFloat(cell.getShort());
    float[] logits = new float[classes];
    if (Float.isNaN(others)) {
      Arrays.fill(logits, Float.NaN);
      return logits;
    }
    requireLogProbability(others);
    float other = (float) (temperature * (others - StrictMath.log(classes - k)));
    float least = Math.nextUp(other);
    Arrays.fill(logits, other);
    BitReader bits = new BitReader(this, bytes, Short.BYTES * (k + 1));
    int last = -1;
    for (int i = 0; i < k; i++) {
      int index = bits.read(indexBits());
      if (index <= last || index >= classes) {
        throw damaged("class " + index + " follows class " + last);
      }
      float logProbability = Half.toFloat(cell.getShort());
      requireLogProbability(logProbability);
      logits[index] = Math.max(least, (float) (temperature * logProbability));
      last = index;
    }
    bits.requireEnd();
    return logits;
  }

  private int[] best(float[] logits, float least) {
    int above = 0;
    for (float logit : logits) {
      above += logit > least ? 1 : 0;
    }
    int equal = k - above;
    int[] best = new int[k];
    int count = 0;
    for (int i = 0; i < classes; i++) {
      if (logits[i] > least || (logits[i] == least && equal-- > 0)) {
        best[count++] = i;
      }
    }
    return best;
  }

  private byte[] packed(int[] indices) {
    BitWriter bits = new BitWriter();
    for (int index : indices) {
      bits.write(index, indexBits());
    }
    return bits.toBytes();
  }

  private byte[] nan() {
    int[] first = new int[k];
    Arrays.setAll(first, i -> i);
    return ByteBuffer.allocate(length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(Half.fromFloat(Float.NaN))
        .position(Short.BYTES * (k + 1))
        .put(packed(first))
        .array();
  }

  private void requireLogProbability(float value) {
    if (!(value <= 0 && value >= LEAST)) {
      throw damaged("a log-probability is " + value);
    }
  }

  private int length() {
    return Short.BYTES * (k + 1) + (k * indexBits() + Byte.SIZE - 1) / Byte.SIZE;
  }

  private int indexBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(classes - 1);
  }

  private static short half(double logProbability) {
    return Half.fromFloat((float) Math.min(0, Math.max(LEAST, logProbability)));
  }
}
