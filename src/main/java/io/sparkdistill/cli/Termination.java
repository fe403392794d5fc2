package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.StopRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM: lets a training end its round and keep its place before Spark is stopped, and ends the
 * process with the command's exit code, where Java would end it with 143. Thread-safe.
 */
final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  /** Spark's own hook stops it at 30 above, file systems are closed at 0 above. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final int AFTER_ALL = 0;
  private static final long PATIENCE_MINUTES = 10;

  private final StopRequest stop;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile boolean waited;

  private Termination(StopRequest stop) {
    this.stop = stop;
  }

  /** From now on, until the process ends. */
  static Termination of(StopRequest stop) {
    Termination termination = new Termination(stop);
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(termination::await, BEFORE_SPARK, PATIENCE_MINUTES + 1, TimeUnit.MINUTES);
    hooks.addShutdownHook(termination::halt, AFTER_ALL);
    return termination;
  }

  /** The command has ended, and everything was said. */
  void ended(int code) {
    ended.complete(code);
  }

  private void await() {
    if (ended.isDone() || !stop.request()) {
      return;
    }
    waited = true;
    LOG.info("Asked to stop: training ends after this round");
    try {
      ended.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      LOG.warn("The round takes more than {} minutes, and is given up", PATIENCE_MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only what was waited for: an exit code that others have chosen is left alone. */
  private void halt() {
    if (waited && ended.isDone()) {
      Runtime.getRuntime().halt(ended.join());
    }
  }
}
