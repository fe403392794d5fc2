package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.RoundsConfig.Shuffle;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Each epoch has its own order, each time the same. */
class EpochOrderTest {
  @Property(seed = "1", edgeCases = EdgeCasesMode.NONE)
  void isAPermutationAndTheSameEachTime(
      @ForAll @IntRange(max = 300) int rows,
      @ForAll long seed,
      @ForAll @IntRange(max = 100_000) int epoch,
      @ForAll @IntRange(max = 1_000) int worker) {
    int[] order = EpochOrder.of(rows, seed, epoch, worker);
    assertThat(order.clone()).containsExactlyInAnyOrder(IntStream.range(0, rows).toArray());
    assertThat(EpochOrder.of(rows, seed, epoch, worker)).containsExactly(order);
  }

  @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
  void isAnotherForAnotherEpochWorkerOrSeed(
      @ForAll long seed,
      @ForAll @IntRange(max = 100_000) int epoch,
      @ForAll @IntRange(max = 1_000) int worker) {
    int[] order = EpochOrder.of(100, seed, epoch, worker);
    assertThat(EpochOrder.of(100, seed, epoch + 1, worker)).isNotEqualTo(order);
    assertThat(EpochOrder.of(100, seed, epoch, worker + 1)).isNotEqualTo(order);
    assertThat(EpochOrder.of(100, seed + 1, epoch, worker)).isNotEqualTo(order);
  }

  @Example
  void isWhatRowsThatAreShuffledAreSeenIn() {
    assertThat(RowOrder.of(Shuffle.ONCE, 1).of(9, 3, 1)).containsExactly(EpochOrder.of(9, 1, 3, 1));
  }

  /** A row that stands late in one epoch does not stand late in the next for that. */
  @Example
  void placesInOneEpochSayNothingOfThoseInTheNext() {
    int rows = 64;
    int epochs = 4_000;
    double covariance = 0;
    int[] kept = new int[rows];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = EpochOrder.of(rows, 1, epoch, 0);
      int[] next = EpochOrder.of(rows, 1, epoch + 1, 0);
      int[] place = new int[rows];
      for (int i = 0; i < rows; i++) {
        place[order[i]] = i;
      }
      for (int i = 0; i < rows; i++) {
        covariance += (place[next[i]] - 31.5) * (i - 31.5);
        kept[i] += place[next[i]] == i ? 1 : 0;
      }
    }
    double variance = (64.0 * 64 - 1) / 12;
    double standardError = 1 / Math.sqrt(63.0 * epochs);
    assertThat(covariance / (variance * rows * epochs))
        .isBetween(-5 * standardError, 5 * standardError);
    for (int count : kept) {
      assertThat(count).isBetween(62 - 45, 62 + 45);
    }
  }

  @Example
  void everyRowMayStandAnywhere() {
    int rows = 8;
    int[][] counts = new int[rows][rows];
    for (int epoch = 0; epoch < 8_000; epoch++) {
      int[] order = EpochOrder.of(rows, 5, epoch, 3);
      for (int i = 0; i < rows; i++) {
        counts[i][order[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isBetween(1_000 - 180, 1_000 + 180);
      }
    }
  }
}
