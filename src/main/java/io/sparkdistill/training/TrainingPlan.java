package io.sparkdistill.training;

import io.sparkdistill.config.PeriodConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which steps each worker takes in which round; decided by the numbers of rows before training
 * begins, so that a rerun does the same. A worker with fewer rows ends its epoch earlier.
 *
 * @param workerRows rows of each worker, some perhaps 0
 * @param epochs passes over all rows
 * @param batchSize rows of a step
 * @param period steps of a round
 * @param warmUpRounds before the epochs, of the worker with the most rows
 */
record TrainingPlan(
    List<Integer> workerRows, int epochs, int batchSize, PeriodConfig period, int warmUpRounds)
    implements Serializable {
  TrainingPlan {
    // A plain list, because it travels by Java serialization.
    workerRows = new ArrayList<>(workerRows);
  }

  TrainingPlan(List<Integer> workerRows, int epochs, int batchSize, int averageEvery) {
    this(workerRows, epochs, batchSize, new PeriodConfig.Fixed(averageEvery), 0);
  }

  /**
   * One round.
   *
   * @param number from 0
   * @param epoch from 0; passes of the warm-up are -1, -2 and so on
   * @param firstStep within the epoch
   * @param steps of the longest worker
   * @param globalStep steps of the longest worker before this round, for schedules
   */
  record Round(int number, int epoch, int firstStep, int steps, int globalStep)
      implements Serializable {
    boolean isWarmUp() {
      return epoch < 0;
    }
  }

  int stepsPerEpoch() {
    return steps(workerRows.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  int totalSteps() {
    List<Round> warmUp = warmUp();
    return Math.addExact(end(warmUp), Math.multiplyExact(epochs, stepsPerEpoch()));
  }

  List<Round> rounds() {
    List<Round> rounds = warmUp();
    int globalStep = end(rounds);
    int length = stepsPerEpoch();
    for (int epoch = 0; epoch < epochs; epoch++) {
      int step = 0;
      while (step < length) {
        int steps = Math.min(period.steps(rounds.size()), length - step);
        rounds.add(new Round(rounds.size(), epoch, step, steps, globalStep));
        step += steps;
        globalStep += steps;
      }
    }
    return rounds;
  }

  private List<Round> warmUp() {
    List<Round> rounds = new ArrayList<>();
    int length = stepsPerEpoch();
    int globalStep = 0;
    while (length > 0 && rounds.size() < warmUpRounds) {
      int step = globalStep % length;
      int steps = Math.min(period.steps(rounds.size()), length - step);
      rounds.add(new Round(rounds.size(), -1 - globalStep / length, step, steps, globalStep));
      globalStep = Math.addExact(globalStep, steps);
    }
    return rounds;
  }

  private static int end(List<Round> rounds) {
    return rounds.isEmpty()
        ? 0
        : rounds.get(rounds.size() - 1).globalStep() + rounds.get(rounds.size() - 1).steps();
  }

  /** Whether a round is its epoch's last. */
  boolean endsEpoch(Round round) {
    return round.firstStep + round.steps == stepsPerEpoch();
  }

  /** The first row, in the epoch's order, that a worker sees in a round. */
  int firstRow(Round round, int worker) {
    return row(worker, round.firstStep);
  }

  /** The row after the last one. */
  int endRow(Round round, int worker) {
    return rests(round, worker)
        ? firstRow(round, worker)
        : row(worker, round.firstStep + round.steps);
  }

  /** Samples that a worker sees in a round. */
  int samples(Round round, int worker) {
    return endRow(round, worker) - firstRow(round, worker);
  }

  /** Samples that all workers see in a round. */
  long samples(Round round) {
    long sum = 0;
    for (int worker = 0; worker < workerRows.size(); worker++) {
      sum += samples(round, worker);
    }
    return sum;
  }

  private boolean rests(Round round, int worker) {
    if (!round.isWarmUp()) {
      return false;
    }
    int most = workerRows.stream().mapToInt(Integer::intValue).max().orElse(0);
    return worker != workerRows.indexOf(most);
  }

  private int row(int worker, int step) {
    return (int) Math.min(workerRows.get(worker), (long) step * batchSize);
  }

  private int steps(int rows) {
    return (int) (((long) rows + batchSize - 1) / batchSize);
  }
}
