package io.sparkdistill.layers;

import java.util.SplittableRandom;

/**
 * Which local step it is.
 *
 * @param iteration steps before it in the whole training, for schedules
 * @param updates that the updater's state has seen, for Adam's correction of its bias
 * @param draw another one for each step of a training, for what is random in it: dropout, and
 *     inputs that are changed
 */
public record Step(int iteration, int updates, long draw) {
  /**
   * What the random numbers of this step are seeded with, ND4J's among them.
   *
   * @param networkSeed of the whole training
   * @return another one for each step, and never 0
   */
  public long seed(long networkSeed) {
    long mixed = new SplittableRandom(networkSeed).nextLong() + draw;
    long seed = new SplittableRandom(mixed).nextLong();
    // ND4J takes 0 for no seed.
    return seed == 0 ? 1 : seed;
  }
}
