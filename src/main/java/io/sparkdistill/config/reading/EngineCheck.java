package io.sparkdistill.config.reading;

import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.TrainingConfig;

/** What the engine dl4j-spark cannot do. Of an engine that does not exist nothing is said here. */
final class EngineCheck {
  private static final String KEY = "training.engine";
  private static final String STOCK = Spelling.of(TrainingConfig.Engine.DL4J_SPARK);

  private final ConfigFields fields;

  EngineCheck(ConfigFields fields) {
    this.fields = fields;
  }

  boolean isStock() {
    return fields.is(KEY, STOCK);
  }

  /** Refuses a value that needs rounds; the engine may be what was meant. */
  void refuse(String key, String expected, Object found) {
    if (isStock()) {
      fields.problem(
          key, "expected " + expected + ", because the engine is " + STOCK + ", found " + found);
    }
  }

  /** Refuses the engine, where what needs rounds is no single value. */
  void expectRounds(String why) {
    if (isStock()) {
      fields.problem(KEY, "expected rounds, because " + why + ", found " + STOCK);
    }
  }
}
