package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times what several models do, in turns, so that whatever else slows the machine down meets all of
 * them. Not thread-safe.
 */
final class Stopwatch {
  private static final int TURNS = 10;
  private static final int MOST_RUNS = 100_000;

  private final LongSupplier clock;
  private final long turn;

  /**
   * A stopwatch.
   *
   * @param clock in nanoseconds, such as {@link System#nanoTime}
   * @param seconds that each model is timed for, and a tenth of them before that to warm up
   */
  Stopwatch(LongSupplier clock, double seconds) {
    this.clock = clock;
    this.turn = Math.round(seconds * 1e9 / TURNS);
  }

  /** Times each of them, at least once a turn; nanoseconds of each run, in their order. */
  List<List<Long>> time(List<Runnable> models) {
    List<List<Long>> times = new ArrayList<>();
    models.forEach(model -> times.add(new ArrayList<>()));
    models.forEach(model -> time(model, new ArrayList<>()));
    for (int i = 0; i < TURNS; i++) {
      for (int k = 0; k < models.size(); k++) {
        time(models.get(k), times.get(k));
      }
    }
    return times;
  }

  private void time(Runnable model, List<Long> times) {
    long start = clock.getAsLong();
    long end = start;
    do {
      model.run();
      long now = clock.getAsLong();
      times.add(now - end);
      end = now;
    } while (end - start < turn && times.size() < MOST_RUNS);
  }
}
