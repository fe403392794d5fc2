package io.sparkdistill.training;

import io.sparkdistill.objective.Terms;

/**
 * What one worker did in a round.
 *
 * @param end where it came to
 * @param steps that it took
 * @param samples that it saw
 * @param lossSum over these samples, in nats
 * @param terms of the loss over these samples
 */
record LocalSteps(NetworkState end, int steps, int samples, double lossSum, Terms terms) {
  Contribution weighted(long ofSamples) {
    return Contribution.weighted(end, samples, ofSamples, lossSum);
  }
}
