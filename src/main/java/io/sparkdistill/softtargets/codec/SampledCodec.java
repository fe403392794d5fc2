package io.sparkdistill.softtargets.codec;

import io.sparkdistill.math.SplitMix64;
import java.util.Arrays;

/**
 * N classes drawn from softmax(logits / T), with replacement: counts / N estimate the probabilities
 * without bias. Anshumann et al., "Sparse Logit Sampling: Accelerating Knowledge Distillation in
 * LLMs" (2025), where draws are from the teacher's own distribution.
 *
 * <p>The draws are sorted. N bits say of each whether it is another class than the one before it;
 * there are D such classes. Of these follow D gaps: the number of classes that are skipped since
 * the one before, in Rice's code, which is gap / 2^r zeros, a one, and the r lowest bits. r is not
 * stored, as C and D give it. All bits go from the most significant of a byte to the least, and
 * zeros fill the last byte. Rows with NaN have no bytes.
 *
 * <p>Unpacked logits z have softmax(z / T) = counts / N; those of classes that were not drawn are
 * 1000 T below 0, where exp is 0 in double precision. The work for a row is O(C + N log C).
 *
 * @param classes C, 1 or more
 * @param samples N, 1 or more
 * @param temperature T, 0.01 to 1000; counts say nothing about another one
 */
record SampledCodec(int classes, int samples, double temperature) implements PackedCodec {
  private static final long serialVersionUID = 1L;
  private static final double NOT_DRAWN = -1000;

  SampledCodec {
    if (classes < 1 || samples < 1) {
      throw new IllegalArgumentException("Not positive: " + classes + ", " + samples);
    }
    PackedCodec.requireTemperature(temperature);
  }

  @Override
  public String description() {
    return "sampled(" + samples + ") at " + temperature;
  }

  @Override
  public byte[] pack(float[] logits, long seed) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return new byte[0];
      }
      max = Math.max(max, logit);
    }
    int[] draws = draws(cumulative(logits, max), seed);
    BitWriter bits = new BitWriter();
    int last = -1;
    int distinct = 0;
    for (int draw : draws) {
      bits.write(draw == last ? 0 : 1, 1);
      distinct += draw == last ? 0 : 1;
      last = draw;
    }
    int r = riceBits(classes, distinct);
    last = -1;
    for (int draw : draws) {
      if (draw != last) {
        int gap = draw - last - 1;
        bits.unary(gap >>> r);
        bits.write(gap & ((1 << r) - 1), r);
        last = draw;
      }
    }
    return bits.toBytes();
  }

  @Override
  public float[] unpack(byte[] bytes) {
    float[] logits = new float[classes];
    if (bytes.length == 0) {
      Arrays.fill(logits, Float.NaN);
      return logits;
    }
    BitReader bits = new BitReader(this, bytes, 0);
    int[] counts = counts(bits);
    int r = riceBits(classes, counts.length);
    Arrays.fill(logits, (float) (temperature * NOT_DRAWN));
    long index = -1;
    for (int count : counts) {
      index += 1 + ((long) bits.unary() << r);
      index += bits.read(r);
      if (index >= classes) {
        throw damaged("it counts class " + index);
      }
      logits[(int) index] = (float) (temperature * StrictMath.log((double) count / samples));
    }
    bits.requireEnd();
    return logits;
  }

  private int[] counts(BitReader bits) {
    int[] counts = new int[Math.min(samples, classes)];
    int distinct = 0;
    for (int i = 0; i < samples; i++) {
      distinct += bits.read(1);
      if (distinct == 0 || distinct > counts.length) {
        throw damaged("its first " + (i + 1) + " counts belong to " + distinct + " classes");
      }
      counts[distinct - 1]++;
    }
    return Arrays.copyOf(counts, distinct);
  }

  /** StrictMath: the same draws on every machine. */
  private double[] cumulative(float[] logits, double max) {
    double[] cumulative = new double[classes];
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += StrictMath.exp((logits[i] - max) / temperature);
      cumulative[i] = sum;
    }
    return cumulative;
  }

  private int[] draws(double[] cumulative, long seed) {
    double total = cumulative[classes - 1];
    SplitMix64 random = new SplitMix64(seed);
    int[] draws = new int[samples];
    for (int i = 0; i < samples; i++) {
      double point = Math.min(random.nextUnit() * total, Math.nextDown(total));
      draws[i] = firstAbove(cumulative, point);
    }
    Arrays.sort(draws);
    return draws;
  }

  private static int firstAbove(double[] rising, double point) {
    int low = 0;
    int high = rising.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising[middle] > point) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The r whose code is the shortest in the worst case; of equal ones the smallest. */
  private static int riceBits(int classes, int distinct) {
    int best = 0;
    for (int r = 1; r < Integer.SIZE - Integer.numberOfLeadingZeros(classes); r++) {
      best = riceLength(classes, distinct, r) < riceLength(classes, distinct, best) ? r : best;
    }
    return best;
  }

  private static int riceLength(int classes, int distinct, int r) {
    return distinct * (1 + r) + ((classes - distinct) >>> r);
  }
}
