package io.sparkdistill.training.rows;

import java.util.List;
import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Rows that other workers have each epoch. Not thread-safe. */
final class DealtRows implements WorkerRows {
  private final TrainingData data;
  private final Deal deal;
  private Optional<Hand> current = Optional.empty();

  private record Hand(int epoch, RowCache.Kept kept) {}

  private static final class ByWorker extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int workers;

    ByWorker(int workers) {
      this.workers = workers;
    }

    @Override
    public int numPartitions() {
      return workers;
    }

    @Override
    public int getPartition(Object key) {
      return ((Dealt) key).worker();
    }
  }

  DealtRows(TrainingData data, long seed) {
    this.data = data;
    this.deal = new Deal(data.workerRows(), seed);
  }

  @Override
  public List<Integer> counts() {
    return deal.rowsAfter();
  }

  @Override
  public JavaRDD<RowSource> of(int epoch) {
    if (current.filter(hand -> hand.epoch() == epoch).isEmpty()) {
      close();
      current = Optional.of(new Hand(epoch, data.cache().keep(dealt(epoch))));
    }
    return current.get().kept().rows();
  }

  @Override
  public void close() {
    current.ifPresent(hand -> hand.kept().release().run());
    current = Optional.empty();
  }

  private JavaRDD<TrainingRow> dealt(int epoch) {
    Deal sent = deal;
    JavaRDD<Tuple2<Dealt, TrainingRow>> placed =
        data.rows()
            .mapPartitionsWithIndex(
                (from, rows) -> sent.dealt(epoch, from, rows.next().all()), false);
    return JavaPairRDD.fromJavaRDD(placed)
        .repartitionAndSortWithinPartitions(new ByWorker(data.workerRows().size()))
        .values();
  }
}
