package io.sparkdistill.training;

import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.ValidationConfig;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Workers of a few numbers whose result follows from round and start alone, as that of real ones.
 */
final class PureWorkers implements RoundLoop.Workers {
  private final List<Integer> rounds = new ArrayList<>();

  /** Momentum, updaters of their own, and a best student are a part of the state, too. */
  static Rules rules() {
    return new Rules(
        new OuterStep(OuterConfig.Preset.SLOWMO.step(), new BitSet()),
        new Validation(
            new ValidationConfig(0.1, 0, 0),
            parameters -> new HeldOutScore(Math.abs(parameters[0] - 0.3), 0.5)),
        0);
  }

  static TrainingState initial() {
    return initial(new NetworkState(new float[] {0.1f, -0f, 3e-39f}, new float[] {0, 0}));
  }

  static TrainingState initial(NetworkState network) {
    return TrainingState.initial(
        network,
        List.of(new WorkerUpdater(new float[] {0}, 0), new WorkerUpdater(new float[] {1}, 0)),
        rules().outer());
  }

  /** The rounds that were asked for. */
  List<Integer> rounds() {
    return rounds;
  }

  @Override
  public RoundResult run(TrainingPlan.Round round, TrainingState from) {
    rounds.add(round.number());
    float[] parameters = from.network().parameters().clone();
    float[] updater = from.network().updater().clone();
    WorkerUpdater own = from.updaters().get(1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] =
          (float) Math.sin(parameters[i] * 1.7 + round.globalStep() + i + own.state()[0]);
    }
    updater[0] = updater[0] * 0.9f + parameters[0];
    updater[1] = round.epoch() + parameters[1] / 3;
    return new RoundResult(
        new Contribution(new NetworkState(parameters, updater), 7, 7 * Math.exp(parameters[2])),
        Map.of(1, new WorkerUpdater(new float[] {parameters[0]}, own.updates() + 3)),
        Map.of());
  }
}
