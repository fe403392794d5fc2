package io.sparkdistill.training;

import io.sparkdistill.config.CheckpointConfig;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When the next checkpoint is due: after so many rounds or so much time. Not thread-safe. */
final class CheckpointTimer {
  private static final double NANOS_A_MINUTE = Duration.ofMinutes(1).toNanos();

  private final CheckpointConfig config;
  private final LongSupplier nanos;
  private int lastRounds;
  private long lastNanos;

  /** With a clock of nanoseconds, which begins anywhere. */
  CheckpointTimer(CheckpointConfig config, LongSupplier nanos) {
    this.config = config;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
  }

  /** Begins to count here. */
  void reset(int rounds) {
    lastRounds = rounds;
    lastNanos = nanos.getAsLong();
  }

  boolean isDue(int rounds) {
    boolean byRounds = config.everyRounds() > 0 && rounds - lastRounds >= config.everyRounds();
    boolean byTime =
        config.everyMinutes() > 0
            && nanos.getAsLong() - lastNanos >= config.everyMinutes() * NANOS_A_MINUTE;
    return byRounds || byTime;
  }
}
