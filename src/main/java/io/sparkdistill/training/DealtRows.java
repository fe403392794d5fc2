package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Rows that other workers have each epoch. Not thread-safe. */
final class DealtRows implements WorkerRows {
  private final TrainingData data;
  private final Deal deal;
  private Optional<Dealt> current = Optional.empty();

  private record Dealt(int epoch, JavaRDD<PackedRows> rows) {}

  DealtRows(TrainingData data, long seed) {
    this.data = data;
    this.deal = new Deal(data.workerRows(), seed);
  }

  @Override
  public List<Integer> counts() {
    return deal.rowsAfter();
  }

  @Override
  public JavaRDD<PackedRows> of(int epoch) {
    if (current.filter(dealt -> dealt.epoch() == epoch).isEmpty()) {
      close();
      current = Optional.of(new Dealt(epoch, dealt(epoch).persist(StorageLevel.MEMORY_AND_DISK())));
    }
    return current.get().rows();
  }

  @Override
  public void close() {
    current.ifPresent(dealt -> dealt.rows().unpersist());
    current = Optional.empty();
  }

  private JavaRDD<PackedRows> dealt(int epoch) {
    Deal sent = deal;
    JavaRDD<Tuple2<Integer, Tuple2<Integer, PackedRows>>> parts =
        data.rows()
            .mapPartitionsWithIndex(
                (from, rows) -> {
                  List<Tuple2<Integer, Tuple2<Integer, PackedRows>>> given = new ArrayList<>();
                  for (PackedRows part : sent.dealt(epoch, from, rows.next())) {
                    given.add(new Tuple2<>(given.size(), new Tuple2<>(from, part)));
                  }
                  return given.iterator();
                },
                false);
    // A whole number's hash is itself, so that each worker's partition is its own.
    return JavaPairRDD.fromJavaRDD(parts)
        .groupByKey(new HashPartitioner(data.workerRows().size()))
        .map(received -> joined(received._2()));
  }

  private static PackedRows joined(Iterable<Tuple2<Integer, PackedRows>> received) {
    List<Tuple2<Integer, PackedRows>> parts = new ArrayList<>();
    received.forEach(parts::add);
    parts.sort(Comparator.comparing(Tuple2::_1));
    return PackedRows.gather(parts.stream().map(part -> PackedRows.Pick.all(part._2())).toList());
  }
}
