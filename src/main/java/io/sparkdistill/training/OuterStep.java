package io.sparkdistill.training;

import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.student.NormLimits;
import java.nio.FloatBuffer;
import java.util.BitSet;

/**
 * Takes the mean of a round's workers for the end of a gradient: the step on the driver of SlowMo
 * (Wang and others, 2020, algorithm 1) and, with Nesterov's momentum, of DiLoCo (Douillard and
 * others, 2023, algorithm 1). With a learning rate of 1 and no momentum it is the mean, bit for
 * bit.
 */
final class OuterStep {
  private final OuterConfig config;
  private final BitSet statistics;
  private final NormLimits limits;

  /**
   * A step.
   *
   * @param statistics parameters that are no result of gradients; a step beyond the mean could make
   *     a variance negative
   * @param limits of weights, which a step beyond the mean could leave; the mean cannot
   */
  OuterStep(OuterConfig config, BitSet statistics, NormLimits limits) {
    this.config = config;
    this.statistics = statistics;
    this.limits = limits;
  }

  /** A step of parameters that have no limits. */
  OuterStep(OuterConfig config, BitSet statistics) {
    this(config, statistics, NormLimits.none());
  }

  /** A step to the mean, which leaves momentum as it is. */
  static OuterStep mean() {
    return new OuterStep(OuterConfig.Preset.AVERAGE.step(), new BitSet());
  }

  /**
   * Where training is.
   *
   * @param parameters all of them
   * @param momentum of each, or empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
  record Position(float[] parameters, float[] momentum) {}

  float[] initialMomentum(int parameters) {
    return new float[config.momentum() == 0 ? 0 : parameters];
  }

  /** The next position; neither argument is changed. */
  Position from(Position start, float[] mean) {
    if (config.averages()) {
      return new Position(mean, start.momentum);
    }
    float rate = (float) config.learningRate();
    float decay = (float) config.momentum();
    float[] parameters = new float[mean.length];
    float[] momentum = new float[start.momentum.length];
    for (int i = 0; i < mean.length; i++) {
      if (statistics.get(i)) {
        parameters[i] = mean[i];
        continue;
      }
      float gradient = start.parameters[i] - mean[i];
      float step = gradient;
      if (momentum.length > 0) {
        momentum[i] = decay * start.momentum[i] + gradient;
        step = config.nesterov() ? gradient + decay * momentum[i] : momentum[i];
      }
      parameters[i] = start.parameters[i] - rate * step;
    }
    limits.apply(FloatBuffer.wrap(parameters));
    return new Position(parameters, momentum);
  }
}
