package io.sparkdistill.training;

/**
 * What one worker did in a round.
 *
 * @param end where it came to
 * @param steps that it took
 * @param samples that it saw
 * @param lossSum over these samples, in nats
 */
record LocalSteps(NetworkState end, int steps, int samples, double lossSum) {
  Contribution weighted(long ofSamples) {
    return Contribution.weighted(end, samples, ofSamples, lossSum);
  }
}
