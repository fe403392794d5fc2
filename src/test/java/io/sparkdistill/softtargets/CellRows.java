package io.sparkdistill.softtargets;

import io.sparkdistill.math.Distributions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Logits for tests of codecs. */
final class CellRows {
  private CellRows() {}

  /** Normally distributed with standard deviation 4, about as a trained teacher's are. */
  static float[] gaussian(int classes, long seed) {
    Random random = new Random(seed);
    float[] logits = new float[classes];
    for (int i = 0; i < classes; i++) {
      logits[i] = (float) (4 * random.nextGaussian());
    }
    return logits;
  }

  /** jqwik restrains the elements of lists, not those of arrays. */
  static float[] array(List<Float> numbers) {
    float[] logits = new float[numbers.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = numbers.get(i);
    }
    return logits;
  }

  static float[] equal(int classes, float value) {
    float[] logits = new float[classes];
    Arrays.fill(logits, value);
    return logits;
  }

  static float[] dominant(int classes, int winner, float by) {
    float[] logits = new float[classes];
    logits[winner] = by;
    return logits;
  }

  /** Softmax at a temperature. */
  static double[] softmax(float[] logits, double temperature) {
    double[] result = Distributions.logSoftmax(logits, temperature);
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(result[i]);
    }
    return result;
  }

  static float max(float[] logits) {
    return logits[Distributions.argMax(logits)];
  }
}
