package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lease is renewed again and again, and never after it was given back. */
class RenewalTest {
  @Test
  void renewsUntilItIsClosed() {
    CountDownLatch thrice = new CountDownLatch(3);
    Renewal renewal = new Renewal("renewal", Duration.ofMillis(60), thrice::countDown);
    await(thrice);
    renewal.close();
  }

  @Test
  void renewalUnderWayEndsBeforeTheLeaseIsGivenBack() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Thread closer = Thread.currentThread();
    Renewal renewal =
        new Renewal(
            "renewal",
            Duration.ofMillis(60),
            () -> {
              begun.countDown();
              await(closing);
              long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
              while (closer.getState() != Thread.State.TIMED_WAITING
                  && System.nanoTime() < deadline) {
                Thread.onSpinWait();
              }
              ended.incrementAndGet();
            });
    await(begun);
    closing.countDown();
    renewal.close();
    assertThat(ended).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
