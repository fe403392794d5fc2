package io.sparkdistill.config.reading;

import io.sparkdistill.config.ScheduleConfig;
import java.util.Optional;
import java.util.Set;

/** Reads a number that may change while a student learns: a number, or a block. */
final class ScheduleReader {
  private final ConfigFields fields;
  private final String key;

  ScheduleReader(ConfigFields fields, String key) {
    this.fields = fields;
    this.key = key;
  }

  ScheduleConfig read(double least, double most) {
    Optional<ConfigFields> block = fields.block(key);
    ScheduleConfig schedule =
        block
            .map(found -> changing(found, least, most))
            .orElseGet(() -> ScheduleConfig.constant(fields.number(key, least, most)));
    if (!schedule.isConstant()) {
      new EngineCheck(fields).refuse(key, "a number", schedule.description());
    }
    return schedule;
  }

  /** Of what changes: a block whose "to" counts for nothing would not be what it says. */
  private enum Way {
    LINEAR(ScheduleConfig.Shape.LINEAR),
    COSINE(ScheduleConfig.Shape.COSINE);

    private final ScheduleConfig.Shape shape;

    Way(ScheduleConfig.Shape shape) {
      this.shape = shape;
    }
  }

  private static ScheduleConfig changing(ConfigFields block, double least, double most) {
    block.only(Set.of("shape", "from", "to", "by"));
    return new ScheduleConfig(
        block.has("shape") ? block.choice("shape", Way.class).shape : Way.LINEAR.shape,
        block.number("from", least, most),
        block.number("to", least, most),
        block.has("by") ? block.choice("by", ScheduleConfig.By.class) : ScheduleConfig.By.STEP);
  }
}
