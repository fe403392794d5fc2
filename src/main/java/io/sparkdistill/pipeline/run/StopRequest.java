package io.sparkdistill.pipeline.run;

import io.sparkdistill.failure.TransientException;
import java.util.function.Supplier;

/**
 * A wish from outside that a run ends soon, where it loses nothing. Thread-safe: who wishes and who
 * works are different threads.
 */
public final class StopRequest {
  private boolean requested;
  private int heeding;

  /**
   * Wishes it, for good.
   *
   * @return whether the run is where it will end soon by itself
   */
  public synchronized boolean request() {
    requested = true;
    return heeding > 0;
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Work that asks whether it is wished, or is short.
   *
   * @param <T> what comes of it
   * @param work that is done while a stop waits for it
   * @return what came of it
   */
  public <T> T heeded(Supplier<T> work) {
    count(1);
    try {
      return work.get();
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    heeding += more;
  }

  /** Between two stages, of which each can be left out. */
  public void refuseToGoOn() {
    if (isRequested()) {
      throw new TransientException(
          "Cannot go on with the next stage, the process was asked to stop. What was published"
              + " stays; run the same command again.");
    }
  }
}
