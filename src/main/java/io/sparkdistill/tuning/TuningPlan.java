package io.sparkdistill.tuning;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TuningConfig;
import io.sparkdistill.config.reading.GivenConfig;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a configuration wants to be tried, all of it checked. Immutable and thread-safe. */
public final class TuningPlan {
  private final GivenConfig given;
  private final DistillConfig config;
  private final List<Trial> trials;
  private final List<Rungs.Rung> rungs;

  /** Configurations of all trials at full length, by their numbers. */
  private final Map<Integer, DistillConfig> whole = new TreeMap<>();

  private TuningPlan(LoadedConfig loaded) {
    this.given = loaded.given();
    this.config = loaded.config();
    this.trials = distinct(combinations(config.tuning()));
    this.rungs = Rungs.of(trials.size(), config.training().epochs(), config.tuning().halving());
  }

  /**
   * Makes and checks the configurations of all trials.
   *
   * @param loaded a configuration with a block {@code tuning}
   * @return what is to be done
   * @throws InvalidConfigurationException if nothing is varied, if there are heads, if halving
   *     would decide nothing, or naming all problems of all trials at once
   */
  public static TuningPlan of(LoadedConfig loaded) {
    if (loaded.hasHeads()) {
      throw new InvalidConfigurationException(
          "Cannot tune configuration "
              + loaded.given().name()
              + ", trials have one head, and it has several: "
              + loaded.headNames()
              + ". Tune one of them as a configuration of its own.");
    }
    if (loaded.config().tuning().parameters().isEmpty()) {
      throw new InvalidConfigurationException(
          "Cannot tune configuration "
              + loaded.given().name()
              + ", tuning.parameters names no key. Name some, with their values, for example"
              + " tuning.parameters { objective.temperature = [2, 4, 8] }.");
    }
    refuseIdleHalving(loaded.given().name(), loaded.config());
    return new TuningPlan(loaded);
  }

  private static void refuseIdleHalving(String name, DistillConfig config) {
    TuningConfig.Halving halving = config.tuning().halving();
    int epochs = config.training().epochs();
    if (halving.minEpochs() > 0 && !Rungs.isHalved(epochs, halving)) {
      throw new InvalidConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot tune configuration %s, tuning.halving would decide nothing: training.epochs"
                  + " is %d, and a trial that is shorter by tuning.halving.factor, which is %d, has"
                  + " less than the %d epochs of tuning.halving.minEpochs. Lower minEpochs, or set"
                  + " it to 0 for trials that are all of one length.",
              name,
              epochs,
              halving.factor(),
              halving.minEpochs()));
    }
  }

  private static List<SortedMap<String, String>> combinations(TuningConfig tuning) {
    SearchSpace space = new SearchSpace(tuning.parameters());
    List<SortedMap<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
    all.addAll(
        switch (tuning.search()) {
          case GRID -> space.grid();
          case RANDOM -> space.draws(tuning.trials(), tuning.seed());
        });
    return all;
  }

  private List<Trial> distinct(List<SortedMap<String, String>> combinations) {
    List<DistillConfig> configs = given.with(combinations);
    Set<DistillConfig> seen = new HashSet<>();
    List<Trial> distinct = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      if (seen.add(configs.get(i))) {
        Trial trial = new Trial(distinct.size() + 1, combinations.get(i));
        distinct.add(trial);
        whole.put(trial.number(), configs.get(i));
      }
    }
    return List.copyOf(distinct);
  }

  /**
   * The configuration as it stands.
   *
   * @return what the first trial tries
   */
  public DistillConfig config() {
    return config;
  }

  /**
   * All trials.
   *
   * @return the configuration as it stands first; no two are the same configuration
   */
  public List<Trial> trials() {
    return trials;
  }

  /**
   * What a trial trains.
   *
   * @param trial one of these
   * @param rung from 0
   * @return its configuration; in the last rung with the epochs that it has by itself
   */
  public DistillConfig config(Trial trial, int rung) {
    if (rung == rungs.size() - 1) {
      return whole.get(trial.number());
    }
    SortedMap<String, String> values = new TreeMap<>(trial.values());
    values.put("training.epochs", Integer.toString(rungs.get(rung).epochs()));
    return given.with(List.of(values)).get(0);
  }

  /**
   * Trains and judges all trials, as long as they are good.
   *
   * @param runner does it
   * @return one standing for each trial, the best first
   */
  public List<Standing> run(TrialRunner runner) {
    return new Halving(rungs, config.tuning().metric()).run(trials, runner);
  }

  /**
   * A configuration file of a trial.
   *
   * @param trial one of these
   * @return HOCON, without what is to be tried, and without credentials
   */
  public String text(Trial trial) {
    return given.text(trial.values());
  }

  /**
   * How many trials train for how many epochs.
   *
   * @return for people, such as {@code 27 trials for 5 epochs, 9 for 15, 3 for 45}
   */
  public String description() {
    if (rungs.size() == 1) {
      return trials.size() + " trials";
    }
    List<String> parts = new ArrayList<>();
    for (Rungs.Rung rung : rungs) {
      parts.add(
          parts.isEmpty()
              ? rung.trials() + " trials for " + rung.epochs() + " epochs"
              : rung.trials() + " for " + rung.epochs());
    }
    return String.join(", ", parts);
  }

  /**
   * Steps of halving.
   *
   * @return at least 1
   */
  public int rungs() {
    return rungs.size();
  }
}
