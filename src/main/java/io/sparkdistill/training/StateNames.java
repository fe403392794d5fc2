package io.sparkdistill.training;

import io.sparkdistill.failure.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the parts of a training's state are called where it is kept. */
final class StateNames {
  private static final String ROUNDS = "rounds";
  private static final String PERIOD = "period";
  private static final String PROBES = "probes";
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
    values.put(PROBES, state.probes().text());
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

  /** The same with what a build did not write that knew fewer parts. */
  static SavedState completed(SavedState saved) {
    Map<String, String> values = new TreeMap<>(saved.values());
    values.putIfAbsent(PROBES, "");
    return SavedState.of(saved.arrays(), values, saved.log());
  }

  /**
   * How many are done.
   *
   * @throws IntegrityException if that is not there, or no number
   */
  static int rounds(SavedState saved) {
    return whole(saved, ROUNDS);
  }

  static TrainingState read(SavedState saved) {
    Map<String, float[]> arrays = saved.arrays();
    List<WorkerUpdater> updaters = new ArrayList<>();
    int workers = whole(saved, WORKERS);
    for (int worker = 0; worker < workers; worker++) {
      updaters.add(new WorkerUpdater(arrays.get(own(worker)), whole(saved, own(worker))));
    }
    List<Paces.Pace> paces = new ArrayList<>();
    while (saved.values().containsKey(SEEN + paces.size())) {
      String worker = Integer.toString(paces.size());
      paces.add(
          new Paces.Pace(
              parsed(saved, SEEN + worker, Long::parseLong), real(saved, NANOS + worker)));
    }
    int period = whole(saved, PERIOD);
    return new TrainingState(
        rounds(saved),
        new NetworkState(arrays.get(PARAMETERS), arrays.get(UPDATER)),
        List.copyOf(updaters),
        arrays.get(MOMENTUM),
        parsed(saved, PROBES, text -> Probes.of(period, text)),
        new Best(arrays.get(BEST), real(saved, BEST_LOSS), whole(saved, EPOCHS_SINCE_BEST)),
        new Losses(real(saved, FIRST_LOSS), real(saved, LOWEST_LOSS)),
        new Paces(paces),
        real(saved, LOSS),
        RoundLog.of(saved.log()));
  }

  private static int whole(SavedState saved, String name) {
    return parsed(saved, name, Integer::parseInt);
  }

  private static double real(SavedState saved, String name) {
    return parsed(saved, name, Double::parseDouble);
  }

  private static <T> T parsed(SavedState saved, String name, Function<String, T> parser) {
    String text = saved.values().getOrDefault(name, "absent");
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IntegrityException(
          "Cannot go on from a training's state, its value "
              + name
              + " is no number: "
              + text
              + ". Restore the checkpoint, or remove it.",
          e);
    }
  }
}
