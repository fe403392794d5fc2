package io.sparkdistill.training;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The rounds of a plan, in their order. From the epoch on in which rounds do not get longer any
 * more, all epochs are alike, and a round is made when it is asked for. Immutable.
 */
final class PlannedRounds extends AbstractList<TrainingPlan.Round> implements RandomAccess {
  private final List<TrainingPlan.Round> first;
  private final int epoch;
  private final int globalStep;
  private final int length;
  private final int steps;
  private final int size;

  /**
   * Rounds.
   *
   * @param first all before the epochs that are alike
   * @param epoch the number of the first of these
   * @param epochs of the whole training
   * @param length steps of an epoch, at least 1
   * @param steps of a round that no epoch's end cuts short
   */
  PlannedRounds(List<TrainingPlan.Round> first, int epoch, int epochs, int length, int steps) {
    this.first = List.copyOf(first);
    this.epoch = epoch;
    this.globalStep = TrainingPlan.end(first);
    this.length = length;
    this.steps = Math.min(steps, length);
    this.size = Math.addExact(first.size(), Math.multiplyExact(epochs - epoch, ofEpoch()));
  }

  private int ofEpoch() {
    return (length - 1) / steps + 1;
  }

  @Override
  public TrainingPlan.Round get(int number) {
    Objects.checkIndex(number, size);
    if (number < first.size()) {
      return first.get(number);
    }
    int behind = number - first.size();
    int epochsBehind = behind / ofEpoch();
    int firstStep = behind % ofEpoch() * steps;
    return new TrainingPlan.Round(
        number,
        epoch + epochsBehind,
        firstStep,
        Math.min(steps, length - firstStep),
        globalStep + epochsBehind * length + firstStep);
  }

  @Override
  public int size() {
    return size;
  }
}
