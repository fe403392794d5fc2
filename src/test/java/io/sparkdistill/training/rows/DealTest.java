package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
    SortedMap<Dealt, Integer> dealt = new TreeMap<>();
    for (int from = 0; from < workerRows.size(); from++) {
      List<TrainingRow> before = new ArrayList<>();
      for (int i = 0; i < workerRows.get(from); i++) {
        before.add(new TrainingRow(new float[] {number++}, new float[0]));
      }
      deal.dealt(epoch, from, before.iterator())
          .forEachRemaining(row -> dealt.put(row._1(), (int) row._2().features()[0]));
    }
    dealt.forEach((place, row) -> after.get(place.worker()).add(row));
    return after;
  }
}
