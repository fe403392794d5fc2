package io.sparkdistill.training;

/**
 * What one worker adds to a round's average: its state times its share of the round's samples.
 * Contributions of all workers add up to the average.
 *
 * @param state weighted
 * @param samples seen
 * @param lossSum over these samples
 */
record Contribution(NetworkState state, long samples, double lossSum)
    implements Summand<Contribution> {
  /** Takes the state over, and weights it in its place. */
  static Contribution weighted(NetworkState state, int samples, long ofSamples, double lossSum) {
    scale(state, (float) ((double) samples / ofSamples));
    return new Contribution(state, samples, lossSum);
  }

  @Override
  public Contribution plus(Contribution other) {
    add(state.parameters(), other.state.parameters());
    add(state.updater(), other.state.updater());
    return new Contribution(state, samples + other.samples, lossSum + other.lossSum);
  }

  /** These samples as if they were all, where they were a share of so many; takes them over. */
  Contribution ofAll(long samplesOfRound) {
    scale(state, (float) ((double) samplesOfRound / samples));
    return this;
  }

  private static void scale(NetworkState state, float weight) {
    scale(state.parameters(), weight);
    scale(state.updater(), weight);
  }

  private static void scale(float[] values, float weight) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= weight;
    }
  }

  private static void add(float[] sum, float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }
}
