package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Workers of a few numbers whose result follows from round and start alone, as that of real ones.
 */
final class PureWorkers implements RoundLoop.Workers {
  private final List<Integer> rounds = new ArrayList<>();

  static TrainingState initial() {
    return TrainingState.initial(
        new NetworkState(new float[] {0.1f, -0f, 3e-39f}, new float[] {0, 0}));
  }

  /** The rounds that were asked for. */
  List<Integer> rounds() {
    return rounds;
  }

  @Override
  public Contribution average(TrainingPlan.Round round, NetworkState start) {
    rounds.add(round.number());
    float[] parameters = start.parameters().clone();
    float[] updater = start.updater().clone();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) Math.sin(parameters[i] * 1.7 + round.globalStep() + i);
    }
    updater[0] = updater[0] * 0.9f + parameters[0];
    updater[1] = round.epoch() + parameters[1] / 3;
    return new Contribution(new NetworkState(parameters, updater), 7, 7 * Math.exp(parameters[2]));
  }
}
