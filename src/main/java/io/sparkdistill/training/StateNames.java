package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the parts of a training's state are called where it is kept. */
final class StateNames {
  private static final String ROUNDS = "rounds";
  private static final String PERIOD = "period";
  private static final String LOSS = "loss";
  private static final String FIRST_LOSS = "firstLoss";
  private static final String LOWEST_LOSS = "lowestLoss";
  private static final String BEST_LOSS = "bestLoss";
  private static final String EPOCHS_SINCE_BEST = "epochsSinceBest";
  private static final String PARAMETERS = "parameters";
  private static final String UPDATER = "updater";
  private static final String MOMENTUM = "momentum";
  private static final String BEST = "best";
  private static final String SEEN = "seen";
  private static final String NANOS = "nanosPerStep";
  private static final String WORKERS = "workers";

  private StateNames() {}

  private static String own(int worker) {
    return "updater" + worker;
  }

  static SavedState write(TrainingState state) {
    Map<String, float[]> arrays = new TreeMap<>();
    arrays.put(PARAMETERS, state.network().parameters());
    arrays.put(UPDATER, state.network().updater());
    arrays.put(MOMENTUM, state.momentum());
    arrays.put(BEST, state.best().parameters());
    Map<String, String> values = new TreeMap<>();
    values.put(ROUNDS, Integer.toString(state.rounds()));
    values.put(PERIOD, Integer.toString(state.period()));
    values.put(LOSS, Double.toString(state.loss()));
    values.put(FIRST_LOSS, Double.toString(state.losses().first()));
    values.put(LOWEST_LOSS, Double.toString(state.losses().lowest()));
    values.put(BEST_LOSS, Double.toString(state.best().loss()));
    values.put(EPOCHS_SINCE_BEST, Integer.toString(state.best().epochsSince()));
    List<WorkerUpdater> updaters = state.updaters();
    values.put(WORKERS, Integer.toString(updaters.size()));
    for (int worker = 0; worker < updaters.size(); worker++) {
      arrays.put(own(worker), updaters.get(worker).state());
      values.put(own(worker), Integer.toString(updaters.get(worker).updates()));
    }
    List<Paces.Pace> paces = state.paces().workers();
    for (int worker = 0; worker < paces.size(); worker++) {
      values.put(SEEN + worker, Long.toString(paces.get(worker).seen()));
      values.put(NANOS + worker, Double.toString(paces.get(worker).nanosPerStep()));
    }
    return SavedState.of(arrays, values, state.log().text());
  }

  static TrainingState read(SavedState saved) {
    Map<String, float[]> arrays = saved.arrays();
    Map<String, String> values = saved.values();
    List<WorkerUpdater> updaters = new ArrayList<>();
    for (int worker = 0; worker < Integer.parseInt(values.get(WORKERS)); worker++) {
      updaters.add(
          new WorkerUpdater(arrays.get(own(worker)), Integer.parseInt(values.get(own(worker)))));
    }
    List<Paces.Pace> paces = new ArrayList<>();
    while (values.containsKey(SEEN + paces.size())) {
      String worker = Integer.toString(paces.size());
      paces.add(
          new Paces.Pace(
              Long.parseLong(values.get(SEEN + worker)),
              Double.parseDouble(values.get(NANOS + worker))));
    }
    return new TrainingState(
        Integer.parseInt(values.get(ROUNDS)),
        new NetworkState(arrays.get(PARAMETERS), arrays.get(UPDATER)),
        List.copyOf(updaters),
        arrays.get(MOMENTUM),
        Integer.parseInt(values.get(PERIOD)),
        new Best(
            arrays.get(BEST),
            Double.parseDouble(values.get(BEST_LOSS)),
            Integer.parseInt(values.get(EPOCHS_SINCE_BEST))),
        new Losses(
            Double.parseDouble(values.get(FIRST_LOSS)),
            Double.parseDouble(values.get(LOWEST_LOSS))),
        new Paces(paces),
        Double.parseDouble(values.get(LOSS)),
        RoundLog.of(saved.log()));
  }
}
