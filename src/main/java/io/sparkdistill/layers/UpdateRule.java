package io.sparkdistill.layers;

import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** An updater of Deeplearning4j as arithmetic on arrays. */
interface UpdateRule {
  /** The arithmetic of one step. */
  interface Kernel {
    /**
     * Changes parameters and states.
     *
     * @param p parameters
     * @param g mean gradients
     * @param m first state, if the rule has one
     * @param v second state, if the rule has one
     * @param count how many of them
     */
    void apply(float[] p, float[] g, float[] m, float[] v, int count);
  }

  /** Numbers of state for each parameter: 0, 1 (m) or 2 (m and v). */
  int states();

  Kernel at(Step step);

  /** The rule that does what an updater does, if there is one. */
  static Optional<UpdateRule> of(IUpdater updater) {
    Class<?> kind = updater.getClass();
    if (updater instanceof Adam adam && (kind == Adam.class)) {
      return Optional.of(new AdamRule(adam));
    }
    if (updater instanceof Nesterovs nesterovs && kind == Nesterovs.class) {
      return Optional.of(new NesterovsRule(nesterovs));
    }
    if (updater instanceof Sgd sgd && kind == Sgd.class) {
      return Optional.of(new SgdRule(sgd));
    }
    return updater instanceof NoOp ? Optional.of(new PlainRule()) : Optional.empty();
  }

  /**
   * Adam, algorithm 1 of Kingma and Ba (2015) in the efficient order of section 2.
   *
   * @param config its constants and schedule
   */
  record AdamRule(Adam config) implements UpdateRule {
    @Override
    public int states() {
      return 2;
    }

    @Override
    public Kernel at(Step step) {
      double correction1 = 1 - Math.pow(config.getBeta1(), step.updates() + 1.0);
      double correction2 = 1 - Math.pow(config.getBeta2(), step.updates() + 1.0);
      double learningRate = config.getLearningRate(step.iteration(), 0);
      float rate = (float) (learningRate * Math.sqrt(correction2) / correction1);
      float beta1 = (float) config.getBeta1();
      float beta2 = (float) config.getBeta2();
      float epsilon = (float) config.getEpsilon();
      return (p, g, m, v, count) -> {
        for (int i = 0; i < count; i++) {
          m[i] = beta1 * m[i] + (1 - beta1) * g[i];
          v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
          p[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
        }
      };
    }
  }

  /**
   * Nesterov's momentum in the form of Bengio and others, "Advances in Optimizing Recurrent
   * Networks" (2013), section 3.5.
   *
   * @param config its constants and schedules
   */
  record NesterovsRule(Nesterovs config) implements UpdateRule {
    @Override
    public int states() {
      return 1;
    }

    @Override
    public Kernel at(Step step) {
      float rate = (float) config.getLearningRate(step.iteration(), 0);
      float momentum = (float) config.currentMomentum(step.iteration(), 0);
      return (p, g, m, v, count) -> {
        for (int i = 0; i < count; i++) {
          float before = m[i];
          float after = momentum * before - rate * g[i];
          m[i] = after;
          p[i] += (1 + momentum) * after - momentum * before;
        }
      };
    }
  }

  /**
   * Plain stochastic gradient descent.
   *
   * @param config its schedule
   */
  record SgdRule(Sgd config) implements UpdateRule {
    @Override
    public int states() {
      return 0;
    }

    @Override
    public Kernel at(Step step) {
      float rate = (float) config.getLearningRate(step.iteration(), 0);
      return (p, g, m, v, count) -> {
        for (int i = 0; i < count; i++) {
          p[i] -= rate * g[i];
        }
      };
    }
  }

  /** The gradient is the change, as for the statistics of batch normalisation. */
  record PlainRule() implements UpdateRule {
    @Override
    public int states() {
      return 0;
    }

    @Override
    public Kernel at(Step step) {
      return (p, g, m, v, count) -> {
        for (int i = 0; i < count; i++) {
          p[i] -= g[i];
        }
      };
    }
  }
}
