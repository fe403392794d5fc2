package io.sparkdistill.training;

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
 * @param averageEvery steps of a round
 */
record TrainingPlan(List<Integer> workerRows, int epochs, int batchSize, int averageEvery)
    implements Serializable {
  TrainingPlan {
    // A plain list, because it travels by Java serialization.
    workerRows = new ArrayList<>(workerRows);
  }

  /**
   * One round.
   *
   * @param number from 0
   * @param epoch from 0
   * @param firstStep within the epoch
   * @param globalStep steps of the longest worker before this round, for schedules
   */
  record Round(int number, int epoch, int firstStep, int globalStep) implements Serializable {}

  int stepsPerEpoch() {
    return steps(workerRows.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  int totalSteps() {
    return Math.multiplyExact(epochs, stepsPerEpoch());
  }

  List<Round> rounds() {
    List<Round> rounds = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int step = 0; step < stepsPerEpoch(); step += averageEvery) {
        rounds.add(new Round(rounds.size(), epoch, step, epoch * stepsPerEpoch() + step));
      }
    }
    return rounds;
  }

  /** The first row, in the epoch's order, that a worker sees in a round. */
  int firstRow(Round round, int worker) {
    return (int) Math.min(workerRows.get(worker), (long) round.firstStep * batchSize);
  }

  /** The row after the last one. */
  int endRow(Round round, int worker) {
    long end = ((long) round.firstStep + averageEvery) * batchSize;
    return (int) Math.min(workerRows.get(worker), end);
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

  private int steps(int rows) {
    return (int) (((long) rows + batchSize - 1) / batchSize);
  }
}
