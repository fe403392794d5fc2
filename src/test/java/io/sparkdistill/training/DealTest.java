package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.softtargets.SoftTarget;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** No row is lost or doubled, and all have the same share, whoever had which before. */
class DealTest {
  @Property(seed = "1", tries = 200)
  void everyRowGoesToOneWorkerAndAllHaveAsMany(
      @ForAll @NotEmpty @Size(max = 6) List<@IntRange(max = 40) Integer> workerRows,
      @ForAll long seed,
      @ForAll @IntRange(min = -3, max = 9) int epoch) {
    List<List<Integer>> after = deal(workerRows, seed, epoch);
    List<Integer> all = after.stream().flatMap(List::stream).toList();
    int count = workerRows.stream().mapToInt(Integer::intValue).sum();
    assertThat(all).hasSize(count);
    assertThat(new TreeSet<>(all)).hasSize(count);
    assertThat(new Deal(workerRows, seed).rowsAfter())
        .containsExactlyElementsOf(after.stream().map(List::size).toList())
        .allSatisfy(
            rows ->
                assertThat(rows)
                    .isBetween(
                        count / workerRows.size(),
                        (count + workerRows.size() - 1) / workerRows.size()));
  }

  @Example
  void anotherEpochIsAnotherDealAndTheSameOneIsTheSame() {
    List<Integer> rows = List.of(40, 3, 0);
    assertThat(deal(rows, 1, 0)).isEqualTo(deal(rows, 1, 0)).isNotEqualTo(deal(rows, 1, 1));
    assertThat(deal(rows, 2, 0)).isNotEqualTo(deal(rows, 1, 0));
  }

  /** The numbers of rows that each worker has afterwards. */
  private static List<List<Integer>> deal(List<Integer> workerRows, long seed, int epoch) {
    Deal deal = new Deal(workerRows, seed);
    List<List<Integer>> after = new ArrayList<>();
    workerRows.forEach(rows -> after.add(new ArrayList<>()));
    int number = 0;
    for (int from = 0; from < workerRows.size(); from++) {
      List<SoftTarget> before = new ArrayList<>();
      for (int i = 0; i < workerRows.get(from); i++) {
        before.add(new SoftTarget("row", 0, 0, new float[] {number++}, new float[2]));
      }
      List<PackedRows> parts = deal.dealt(epoch, from, PackedRows.pack(before.iterator()));
      for (int to = 0; to < parts.size(); to++) {
        for (int i = 0; i < parts.get(to).rows(); i++) {
          float[] features = new float[1];
          parts.get(to).copy(i, 0, FloatBuffer.wrap(features), new float[4]);
          after.get(to).add((int) features[0]);
        }
      }
    }
    return after;
  }
}
