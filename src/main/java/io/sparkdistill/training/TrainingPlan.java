package io.sparkdistill.training;

import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.training.rows.RowOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
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
   * @param shares of the workers; empty where each takes the steps that its rows allow
   */
  record Round(int number, int epoch, int firstStep, int steps, int globalStep, List<Share> shares)
      implements Serializable {
    Round {
      shares = new ArrayList<>(shares);
    }

    Round(int number, int epoch, int firstStep, int steps, int globalStep) {
      this(number, epoch, firstStep, steps, globalStep, List.of());
    }

    Round shared(List<Share> shares) {
      return new Round(number, epoch, firstStep, steps, globalStep, shares);
    }

    boolean isWarmUp() {
      return epoch < 0;
    }
  }

  /**
   * What a worker does in a round whose steps are shared by speed. It goes through its rows in
   * passes of its own, each in another order; a step may span two.
   *
   * @param first rows that it has seen before, in all passes together
   * @param steps that it takes, all of a whole batch
   */
  record Share(long first, int steps) implements Serializable {}

  int stepsPerEpoch() {
    return steps(workerRows.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  /**
   * Steps of the longest worker in all rounds.
   *
   * @throws InvalidConfigurationException if they cannot be counted
   */
  int totalSteps() {
    return counted(end(warmUp()) + (long) epochs * stepsPerEpoch());
  }

  /** All of them, in their order; not to be changed. */
  List<Round> rounds() {
    if (stepsPerEpoch() == 0) {
      return List.of();
    }
    totalSteps();
    List<Round> rounds = warmUp();
    int length = stepsPerEpoch();
    int longest = period.steps(Integer.MAX_VALUE);
    int globalStep = end(rounds);
    int epoch = 0;
    while (epoch < epochs && period.steps(rounds.size()) != longest) {
      int step = 0;
      while (step < length) {
        int steps = Math.min(period.steps(rounds.size()), length - step);
        rounds.add(new Round(rounds.size(), epoch, step, steps, globalStep));
        step += steps;
        globalStep += steps;
      }
      epoch++;
    }
    return new PlannedRounds(rounds, epoch, epochs, length, longest);
  }

  /** Steps of the longest worker in the first rounds. */
  int stepsOf(int rounds) {
    return end(rounds().subList(0, rounds));
  }

  private List<Round> warmUp() {
    List<Round> rounds = new ArrayList<>();
    int length = stepsPerEpoch();
    int globalStep = 0;
    while (length > 0 && rounds.size() < warmUpRounds) {
      int step = globalStep % length;
      int steps = Math.min(period.steps(rounds.size()), length - step);
      rounds.add(new Round(rounds.size(), -1 - globalStep / length, step, steps, globalStep));
      globalStep = counted((long) globalStep + steps);
    }
    return rounds;
  }

  private int counted(long steps) {
    if (steps > Integer.MAX_VALUE) {
      throw new InvalidConfigurationException(
          "Cannot plan training, the worker with the most rows would take more steps than "
              + Integer.MAX_VALUE
              + ": "
              + epochs
              + " epochs of "
              + stepsPerEpoch()
              + " steps, after "
              + warmUpRounds
              + " rounds of warm-up. Lower training.epochs or training.warmUpRounds, or raise"
              + " training.batchSize, which is "
              + batchSize
              + ", or training.workers, which are "
              + workerRows.size()
              + ".");
    }
    return (int) steps;
  }

  static int end(List<Round> rounds) {
    return rounds.isEmpty()
        ? 0
        : rounds.get(rounds.size() - 1).globalStep() + rounds.get(rounds.size() - 1).steps();
  }

  /** Whether a round is its epoch's last. */
  boolean endsEpoch(Round round) {
    return round.firstStep + round.steps == stepsPerEpoch();
  }

  /** Samples that a worker sees in a round. */
  int samples(Round round, int worker) {
    if (round.shares.isEmpty()) {
      return rests(round, worker)
          ? 0
          : row(worker, round.firstStep + round.steps) - row(worker, round.firstStep);
    }
    return Math.multiplyExact(round.shares.get(worker).steps, batchSize);
  }

  /** The rows that a worker sees in a round, one after the other. */
  int[] places(Round round, int worker, RowOrder order) {
    int samples = samples(round, worker);
    int rows = workerRows.get(worker);
    if (round.shares.isEmpty()) {
      int first = row(worker, round.firstStep);
      return Arrays.copyOfRange(order.of(rows, round.epoch, worker), first, first + samples);
    }
    int[] places = new int[samples];
    long first = round.shares.get(worker).first;
    for (int done = 0; done < samples; ) {
      int[] pass = order.of(rows, (int) ((first + done) / rows), worker);
      int from = (int) ((first + done) % rows);
      int count = Math.min(samples - done, rows - from);
      System.arraycopy(pass, from, places, done, count);
      done += count;
    }
    return places;
  }

  /** Steps of the longest worker, as planned, before a step of one that has taken so many. */
  int globalStep(Round round, int worker, int taken) {
    return round.globalStep
        + (round.shares.isEmpty()
            ? taken
            : (int) ((long) taken * round.steps / round.shares.get(worker).steps));
  }

  /** Samples that all workers see in a round. */
  long samples(Round round) {
    long sum = 0;
    for (int worker = 0; worker < workerRows.size(); worker++) {
      sum += samples(round, worker);
    }
    return sum;
  }

  /**
   * Whether a round has less than half of the samples that its steps could have: the few that were
   * left of an epoch. Their mean says little of the training.
   */
  boolean isCutShort(Round round) {
    long whole = 0;
    for (int worker = 0; worker < workerRows.size(); worker++) {
      if (!rests(round, worker)) {
        whole += row(worker, period.steps(round.number));
      }
    }
    return 2 * samples(round) < whole;
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
