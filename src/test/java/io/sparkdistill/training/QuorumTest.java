package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.RoundsConfig.Patience;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** A round waits for all before its deadline, and for enough after it. */
class QuorumTest {
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final CountDownLatch STOPPED = new CountDownLatch(1);

  @Test
  void beforeTheDeadlineAllAreAwaitedAndAfterItEnough() {
    Quorum quorum = new Quorum(new Patience(2, 0.6), 100);
    quorum.add(0, result(2, 50, 100));
    assertThat(quorum.isEnough(1_999_999_999)).isFalse();
    assertThat(quorum.isEnough(2_000_000_000)).isFalse();
    quorum.add(2, result(4, 25, 100));
    assertThat(quorum.isEnough(1_999_999_999)).isFalse();
    assertThat(quorum.isEnough(2_000_000_000)).isTrue();
    assertThat(quorum.isComplete()).isFalse();
    RoundResult some = quorum.result();
    assertThat(some.sum().state().parameters()[0])
        .isCloseTo((2 * 50 + 4 * 25) / 75f, within(1e-6f));
    assertThat(some.sum().samples()).isEqualTo(75);
  }

  @Test
  void completeRoundIsEnoughAtOnceAndKeepsItsWeights() {
    Quorum quorum = new Quorum(new Patience(2, 0.75), 100);
    quorum.add(2, result(4, 25, 100));
    quorum.add(0, result(2, 50, 100));
    quorum.add(1, result(8, 25, 100));
    assertThat(quorum.isEnough(0)).isTrue();
    assertThat(quorum.result().sum().state().parameters()[0]).isEqualTo(4);
  }

  @Test
  void workerThatNeverEndsHoldsNoRoundAndIsStopped() throws InterruptedException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      JavaRDD<Tuple2<Integer, RoundResult>> results =
          context.parallelize(List.of(0, 1), 2).map(worker -> new Tuple2<>(worker, work(worker)));
      RoundResult result =
          new QuorumJob(context, new Patience(0.001, 0.5), System::nanoTime).run(results, 100);
      assertThat(result.sum().samples()).isEqualTo(50);
      assertThat(result.sum().state().parameters()).containsExactly(3);
      assertThat(STOPPED.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static RoundResult work(int worker) throws InterruptedException {
    if (worker == 1) {
      BEGUN.countDown();
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        STOPPED.countDown();
        throw e;
      }
    }
    BEGUN.await();
    return result(3, 50, 100);
  }

  private static RoundResult result(float parameter, int samples, long of) {
    return RoundResult.of(
        Contribution.weighted(
            new NetworkState(new float[] {parameter}, new float[0]), samples, of, samples));
  }
}
