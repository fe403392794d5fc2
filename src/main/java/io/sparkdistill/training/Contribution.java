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
  static Contribution weighted(NetworkState state, int samples, long ofSamples, double lossSum) {
    float weight = (float) ((double) samples / ofSamples);
    return new Contribution(
        new NetworkState(scaled(state.parameters(), weight), scaled(state.updater(), weight)),
        samples,
        lossSum);
  }

  @Override
  public Contribution plus(Contribution other) {
    return new Contribution(
        new NetworkState(
            sum(state.parameters(), other.state.parameters()),
            sum(state.updater(), other.state.updater())),
        samples + other.samples,
        lossSum + other.lossSum);
  }

  /** These samples as if they were all, where they were a share of so many. */
  Contribution ofAll(long samplesOfRound) {
    float weight = (float) ((double) samplesOfRound / samples);
    return new Contribution(
        new NetworkState(scaled(state.parameters(), weight), scaled(state.updater(), weight)),
        samples,
        lossSum);
  }

  private static float[] scaled(float[] values, float weight) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = weight * values[i];
    }
    return result;
  }

  private static float[] sum(float[] a, float[] b) {
    float[] result = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + b[i];
    }
    return result;
  }
}
