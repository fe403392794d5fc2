package io.sparkdistill.config;

import java.util.OptionalInt;

/**
 * How a student is trained.
 *
 * @param engine what averages
 * @param epochs passes over the rows
 * @param batchSize rows of one local step
 * @param averageEvery local steps between two averagings
 * @param workers partitions that train side by side; empty for Spark's default parallelism
 * @param seed of the first weights and of the order of rows
 * @param schedule how the learning rate changes over all steps
 * @param updater the rule of a local step
 * @param rounds what only this project's rounds can do
 * @param checkpoint how it keeps its place
 */
public record TrainingConfig(
    Engine engine,
    int epochs,
    int batchSize,
    PeriodConfig averageEvery,
    OptionalInt workers,
    long seed,
    Schedule schedule,
    UpdaterConfig updater,
    RoundsConfig rounds,
    CheckpointConfig checkpoint) {
  /**
   * The same for another number of passes.
   *
   * @param number of them
   * @return a copy
   */
  public TrainingConfig withEpochs(int number) {
    return new TrainingConfig(
        engine,
        number,
        batchSize,
        averageEvery,
        workers,
        seed,
        schedule,
        updater,
        rounds,
        checkpoint);
  }

  /** What averages. */
  public enum Engine {
    /** This project's rounds of local steps. */
    ROUNDS,
    /** Deeplearning4j's ParameterAveragingTrainingMaster. */
    DL4J_SPARK
  }

  /** Learning-rate schedules. */
  public enum Schedule {
    CONSTANT,
    COSINE
  }
}
