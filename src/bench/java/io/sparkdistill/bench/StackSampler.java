package io.sparkdistill.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Looks at stacks every few milliseconds while the driver is within a training's rounds, and counts
 * what tasks do, and what other threads do while no task takes steps. Thread-safe.
 */
final class StackSampler implements AutoCloseable {
  private static final int LEAST_MILLIS = 2;
  private static final int MOST_MILLIS = 6;
  private static final String OURS = "io.sparkdistill.";

  /** Not Spark's helpers, which do what others ask for. */
  private static final String CAUSES =
      "io\\.sparkdistill\\..*|org\\.apache\\.spark\\.(?!util\\.(Utils|SparkErrorUtils)).*";

  private final Thread driver = Thread.currentThread();
  private final Thread sampler = new Thread(this::run, "stack sampler");
  private final Map<String, Integer> steps = new TreeMap<>();
  private final Map<String, Integer> gaps = new TreeMap<>();
  private final int[] rounds = new int[Student.WORKERS + 1];

  /** Begins; the current thread is the driver's. */
  StackSampler() {
    sampler.setDaemon(true);
    sampler.start();
  }

  private void run() {
    SplittableRandom random = new SplittableRandom(1);
    while (true) {
      try {
        // Not in time with anything that is periodic itself.
        Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
      } catch (InterruptedException e) {
        return;
      }
      if (within(driver.getStackTrace(), "training.RoundLoop", "run").isPresent()) {
        count(Thread.getAllStackTraces());
      }
    }
  }

  private synchronized void count(Map<Thread, StackTraceElement[]> stacks) {
    List<String> working =
        stacks.values().stream()
            .filter(stack -> within(stack, "training.RoundTask", "run").isPresent())
            .map(stack -> within(stack, "", "").orElseThrow())
            .toList();
    rounds[Math.min(working.size(), Student.WORKERS)]++;
    working.forEach(method -> steps.merge(method, 1, Integer::sum));
    if (working.isEmpty()) {
      stacks.forEach(
          (thread, stack) -> {
            if (thread != sampler && thread.getState() == Thread.State.RUNNABLE && !isIdle(stack)) {
              gaps.merge(kind(thread) + ": " + cause(stack), 1, Integer::sum);
            }
          });
    }
  }

  /** The innermost frame of our own, of a class and method whose names begin so. */
  private static Optional<String> within(StackTraceElement[] stack, String type, String method) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith(OURS + type))
        .filter(frame -> frame.getMethodName().startsWith(method))
        .map(StackSampler::name)
        .findFirst();
  }

  private static boolean isIdle(StackTraceElement[] stack) {
    // These wait in native code, which counts as running.
    return stack.length == 0
        || stack[0]
            .getMethodName()
            .matches("epollWait|wait|accept.*|waitForReference.*|read0|readBytes")
        || stack[0].getClassName().contains("ReferenceQueue");
  }

  private static String kind(Thread thread) {
    return thread.getName().replaceAll("[ -]*[0-9(].*", "");
  }

  /** The innermost frame of Spark or our own. */
  private static String cause(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().matches(CAUSES))
        .map(StackSampler::name)
        .findFirst()
        .orElse(name(stack[0]));
  }

  private static String name(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  /** How often so many workers were within their steps, from none to all. */
  synchronized List<Integer> rounds() {
    return Arrays.stream(rounds).boxed().toList();
  }

  /** How often tasks were in each method of ours. */
  synchronized Map<String, Integer> steps() {
    return new TreeMap<>(steps);
  }

  /** How often other threads were where, while no task took steps. */
  synchronized Map<String, Integer> gaps() {
    return new TreeMap<>(gaps);
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
