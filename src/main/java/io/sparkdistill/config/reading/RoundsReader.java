package io.sparkdistill.config.reading;

import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.ValidationConfig;

/** Reads the keys of {@link RoundsConfig}. */
final class RoundsReader {
  private static final String FRACTION = "training.validation.fraction";
  private static final String PATIENCE = "training.validation.patience";
  private static final String MIN_DELTA = "training.validation.minDelta";
  private static final String DEADLINE = "training.deadline";
  private static final String QUORUM = "training.quorum";

  private final ConfigFields fields;

  RoundsReader(ConfigFields fields) {
    this.fields = fields;
  }

  RoundsConfig read() {
    RoundsConfig rounds =
        new RoundsConfig(
            outer(),
            fields.choice("training.updaterState", RoundsConfig.UpdaterState.class),
            fields.wholeNumber("training.warmUpRounds", 0, 1_000_000),
            fields.choice("training.shuffle", RoundsConfig.Shuffle.class),
            new ValidationConfig(
                fields.number(FRACTION, 0, 0.9),
                fields.wholeNumber(PATIENCE, 0, 100_000),
                fields.number(MIN_DELTA, 0, 1000)),
            new RoundsConfig.Limits(
                fields.number("training.clip.norm", 0, 1e9),
                fields.number("training.explodedLoss", 0, 1e9)),
            new RoundsConfig.Patience(
                fields.number(DEADLINE, 0, 1e6), fields.number(QUORUM, 0.01, 1)),
            fields.choice("training.cache", RoundsConfig.Cache.class),
            fields.choice("training.localSteps", RoundsConfig.LocalSteps.class),
            AugmentationReader.read(fields, "training.augmentation"));
    checkEngine(rounds);
    checkIdle(rounds);
    return rounds;
  }

  /** What was set, and would decide nothing. */
  private void checkIdle(RoundsConfig rounds) {
    ValidationConfig validation = rounds.validation();
    if (validation.fraction() == 0 && fields.isSound(FRACTION)) {
      ValidationConfig none = ValidationConfig.none();
      refuseIdle(PATIENCE, none.patience(), validation.patience(), FRACTION);
      refuseIdle(MIN_DELTA, none.minDelta(), validation.minDelta(), FRACTION);
    }
    RoundsConfig.Patience patience = rounds.patience();
    if (patience.deadline() == 0 && fields.isSound(DEADLINE)) {
      refuseIdle(QUORUM, RoundsConfig.classic().patience().quorum(), patience.quorum(), DEADLINE);
    }
  }

  private void refuseIdle(String key, Number usual, Number found, String other) {
    if (fields.isSound(key) && !found.equals(usual)) {
      fields.problem(key, "expected " + usual + ", because " + other + " is 0, found " + found);
    }
  }

  private OuterConfig outer() {
    String key = "training.outer";
    OuterConfig preset = fields.choice(key + ".preset", OuterConfig.Preset.class).step();
    return new OuterConfig(
        fields.has(key + ".learningRate")
            ? fields.positive(key + ".learningRate", 10)
            : preset.learningRate(),
        fields.has(key + ".momentum") ? fields.belowOne(key + ".momentum") : preset.momentum(),
        fields.has(key + ".nesterov") ? fields.flag(key + ".nesterov") : preset.nesterov());
  }

  private void checkEngine(RoundsConfig rounds) {
    EngineCheck engine = new EngineCheck(fields);
    if (!rounds.differences().isEmpty()) {
      engine.expectRounds(
          "dl4j-spark can do nothing of " + String.join(", ", rounds.differences().keySet()));
    }
    if (rounds.cache() != RoundsConfig.Cache.MEMORY) {
      engine.refuse("training.cache", "memory", Spelling.of(rounds.cache()));
    }
  }
}
