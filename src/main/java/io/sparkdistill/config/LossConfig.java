package io.sparkdistill.config;

import java.util.Map;

/** How a student is compared with its teacher. */
public sealed interface LossConfig {
  /**
   * Its name.
   *
   * @return as in {@code objective.kind}
   */
  Kind kind();

  /**
   * What else decides it.
   *
   * @return values by key, without {@code objective.}
   */
  default Map<String, String> parameters() {
    return Map.of();
  }

  /** Names of losses. */
  enum Kind {
    /** Divergence of distributions at a temperature. */
    HINTON,
    /** Squared difference of logits. */
    LOGITS,
    /** The label's probability and the others' distribution, apart. */
    DKD,
    /** Correlation of probabilities, along classes and along rows. */
    DIST,
    /** A bounded divergence of distributions at a temperature. */
    JENSEN_SHANNON,
    /** The teacher's order of classes. */
    MARGIN_RANKING,
    /** The angle between the answers. */
    COSINE,
    /** No teacher: labels of which a part is spread over all classes. */
    LABEL_SMOOTHING;

    /**
     * Whether it divides logits by the temperature.
     *
     * @return false where the temperature decides nothing
     */
    public boolean hasTemperature() {
      return this == HINTON || this == DKD || this == DIST || this == JENSEN_SHANNON;
    }

    /**
     * Whether a distribution does not do, because logits themselves are compared.
     *
     * @return true if codecs that keep a distribution are of no use
     */
    public boolean needsLogits() {
      return this == LOGITS || this == COSINE;
    }
  }

  /**
   * One without parameters.
   *
   * @param kind which
   */
  record Plain(Kind kind) implements LossConfig {}

  /**
   * Decoupled distillation.
   *
   * @param alpha weight of the label's probability
   * @param beta weight of the distribution over other classes
   */
  record Dkd(double alpha, double beta) implements LossConfig {
    @Override
    public Kind kind() {
      return Kind.DKD;
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("alpha", Double.toString(alpha), "beta", Double.toString(beta));
    }
  }

  /**
   * Correlations.
   *
   * @param beta weight of those along classes
   * @param gamma weight of those along rows
   */
  record Dist(double beta, double gamma) implements LossConfig {
    @Override
    public Kind kind() {
      return Kind.DIST;
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("beta", Double.toString(beta), "gamma", Double.toString(gamma));
    }
  }

  /**
   * The teacher's order.
   *
   * @param margin by which a better class shall be ahead, in logits
   * @param ranks of the best classes that are compared with all after them
   */
  record MarginRanking(double margin, int ranks) implements LossConfig {
    @Override
    public Kind kind() {
      return Kind.MARGIN_RANKING;
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("margin", Double.toString(margin), "ranks", Integer.toString(ranks));
    }
  }
}
