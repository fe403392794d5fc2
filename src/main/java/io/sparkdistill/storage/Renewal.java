package io.sparkdistill.storage;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Renews a lease on a thread of its own, six times before it would expire, until closed. */
final class Renewal implements AutoCloseable {
  private final ScheduledExecutorService thread;

  /**
   * Starts.
   *
   * @param name of the thread
   * @param renew must not throw, or it is not called again
   */
  Renewal(String name, Duration expiry, Runnable renew) {
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
    long period = expiry.toMillis() / 6;
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(renew, period, period, TimeUnit.MILLISECONDS);
  }

  /** Waits for a renewal under way, which would create again what is removed meanwhile. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
