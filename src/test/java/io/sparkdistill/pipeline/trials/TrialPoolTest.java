package io.sparkdistill.pipeline.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Work on several threads. */
class TrialPoolTest {
  @Test
  void resultsAreInTheOrderOfTheWorkWhoeverEndsFirst() {
    CountDownLatch second = new CountDownLatch(1);
    Supplier<String> waits =
        () -> {
          await(second);
          return "first";
        };
    Supplier<String> ends =
        () -> {
          second.countDown();
          return "second";
        };
    assertThat(new TrialPool(2).all(List.of(waits, ends))).containsExactly("first", "second");
  }

  @Test
  void afterAFailureNothingBeginsAndItIsTheOneThatIsTold() {
    AtomicInteger begun = new AtomicInteger();
    Supplier<Integer> fails =
        () -> {
          begun.incrementAndGet();
          throw new IllegalArgumentException("the reason");
        };
    List<Supplier<Integer>> work =
        IntStream.range(0, 5).<Supplier<Integer>>mapToObj(i -> fails).toList();
    assertThatThrownBy(() -> new TrialPool(1).all(work))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reason");
    assertThat(begun).hasValue(1);
  }

  @Test
  void interruptedTuningStopsItsWorkAndSaysThatWhatIsDoneIsKept() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread tuning = Thread.currentThread();
    Supplier<String> work =
        () -> {
          tuning.interrupt();
          try {
            new CountDownLatch(1).await();
            return "never";
          } catch (InterruptedException e) {
            stopped.countDown();
            throw new IllegalStateException(e);
          }
        };
    try {
      assertThatThrownBy(() -> new TrialPool(1).all(List.of(work)))
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Cannot go on tuning, the process was interrupted: what is done is kept. Run the same"
                  + " command again.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
  }

  /** As Spark throws its own, undeclared. */
  @Test
  void afterACheckedExceptionNothingBeginsEither() {
    AtomicInteger begun = new AtomicInteger();
    Supplier<Integer> fails =
        () -> {
          begun.incrementAndGet();
          throw TrialPoolTest.<RuntimeException>undeclared(new IOException("the reason"));
        };
    assertThatThrownBy(() -> new TrialPool(1).all(List.of(fails, fails)))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("the reason");
    assertThat(begun).hasValue(1);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(Exception thrown) throws E {
    throw (E) thrown;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
