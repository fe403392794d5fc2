package io.sparkdistill.pipeline.trials;

import io.sparkdistill.failure.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Several pieces of work at a time, on threads of the driver. */
final class TrialPool {
  private final int parallel;

  TrialPool(int parallel) {
    this.parallel = parallel;
  }

  /**
   * Does all of it. Where a piece fails, those that have begun come to their end, and no other
   * begins.
   *
   * @return results in the order of the work
   * @throws RuntimeException what the first piece failed with that did
   */
  <T> List<T> all(List<Supplier<T>> work) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, work.size()));
    AtomicBoolean failed = new AtomicBoolean();
    try {
      return results(threads.invokeAll(work.stream().map(one -> guarded(one, failed)).toList()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException(
          "Cannot go on tuning, the process was interrupted: what is done is kept. Run the same"
              + " command again.",
          e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Callable<T> guarded(Supplier<T> work, AtomicBoolean failed) {
    return () -> {
      if (failed.get()) {
        throw new CancellationException();
      }
      try {
        return work.get();
      } catch (Throwable e) { // Spark throws what its Java interface does not declare.
        failed.set(true);
        throw e;
      }
    };
  }

  private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof CancellationException)) {
          failures.add(e.getCause());
        }
      }
    }
    if (!failures.isEmpty()) {
      throw rethrown(failures.get(0));
    }
    return results;
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
