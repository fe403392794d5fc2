package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.memory.MemoryStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Row files stay open for who reads them, and no longer than they are wanted. */
class FiledRowsTest {
  private static final int ROWS = 40;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void taskReadsOnWhenSparkEvictsItsFileAndTheNextOneWritesAnother() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Integer> life = context.broadcast(0);
    long broadcast = life.id();
    JavaRDD<RowSource> rows = filed(context, life);

    List<List<Float>> read = rows.map(source -> firsts((Rows) source, broadcast)).collect();
    assertThat(read.get(0)).isEqualTo(values(0, ROWS / 2));
    assertThat(read.get(1)).isEqualTo(values(ROWS / 2, ROWS));
    assertThat(new LocalFiles(broadcast).lent(0)).isEmpty();

    assertThat(rows.map(RowSource::count).collect()).containsExactly(ROWS / 2, ROWS / 2);
    assertThat(new LocalFiles(broadcast).lent(0)).isPresent();
    life.destroy(true);
  }

  @Test
  void fileIsOneForAllTasksAndIsClosedWhereItsBroadcastIsDestroyed() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Integer> life = context.broadcast(0);
    JavaRDD<RowSource> rows = filed(context, life);
    assertThat(rows.count()).isEqualTo(2);
    RowFile file = new LocalFiles(life.id()).lent(1).orElseThrow();
    assertThat(rows.count()).isEqualTo(2);
    assertThat(new LocalFiles(life.id()).lent(1)).containsSame(file);
    file.giveBack();
    file.giveBack();

    life.destroy(true);

    assertThat(new LocalFiles(life.id()).lent(1)).isEmpty();
    assertThat(file.lend()).isFalse();
    assertThatThrownBy(() -> first(file, 0))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot keep training rows on a local disk, Stream Closed: ");
  }

  private static JavaRDD<RowSource> filed(JavaSparkContext context, Broadcast<Integer> life) {
    JavaRDD<TrainingRow> rows =
        context
            .parallelize(IntStream.range(0, ROWS).boxed().toList(), 2)
            .map(row -> new TrainingRow(new float[] {row}, new float[] {1, 0}));
    return new FiledRows(rows.rdd(), new LocalFiles(life.id())).toJavaRDD();
  }

  /** Reads one row, has Spark make room, and reads all. */
  private static List<Float> firsts(Rows rows, long broadcast) {
    first(rows, 0);
    MemoryStore memory = SparkEnv.get().blockManager().memoryStore();
    for (int worker = 0; worker < 2; worker++) {
      BlockId block = new BroadcastBlockId(broadcast, "rows" + worker);
      for (int tries = 0; memory.contains(block); tries++) {
        assertThat(tries).as("blocks that were evicted before %s", block).isLessThan(1000);
        memory.evictBlocksToFreeSpace(Option.empty(), 1, MemoryMode.ON_HEAP);
      }
    }
    List<Float> firsts = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      firsts.add(first(rows, row));
    }
    return firsts;
  }

  private static float first(Rows rows, int row) {
    float[] features = new float[1];
    rows.copy(row, 0, FloatBuffer.wrap(features), new float[2]);
    return features[0];
  }

  private static List<Float> values(int from, int end) {
    return IntStream.range(from, end).mapToObj(row -> (float) row).toList();
  }
}
