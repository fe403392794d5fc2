package io.sparkdistill.config.reading;

import io.sparkdistill.config.PeriodConfig;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads how many local steps a round has: a number, auto, or a block. */
final class PeriodReader {
  private static final String KEY = "training.averageEvery";
  private static final int MOST = 1_000_000;

  private final ConfigFields fields;

  PeriodReader(ConfigFields fields) {
    this.fields = fields;
  }

  PeriodConfig read() {
    Optional<ConfigFields> block = fields.block(KEY);
    PeriodConfig period = block.map(PeriodReader::growing).orElseGet(this::numberOrAuto);
    if (!(period instanceof PeriodConfig.Fixed)) {
      new EngineCheck(fields).refuse(KEY, "a number", period.description());
    }
    return period;
  }

  private PeriodConfig numberOrAuto() {
    OptionalInt number = fields.wholeNumberOrAuto(KEY, 1, MOST);
    return number.isPresent() ? new PeriodConfig.Fixed(number.getAsInt()) : new PeriodConfig.Auto();
  }

  private static PeriodConfig growing(ConfigFields block) {
    block.only(Set.of("from", "to", "growth"));
    int from = block.wholeNumber("from", 1, MOST);
    return new PeriodConfig.Growing(
        from, block.wholeNumber("to", from, MOST), block.number("growth", 1, 100));
  }
}
