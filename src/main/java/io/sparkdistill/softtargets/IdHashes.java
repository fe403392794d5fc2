package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.NameScan;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Counts rows and looks whether a hash of id and view stands twice. Equal ids have equal hashes:
 * where no hash stands twice, no id does. A query of Spark SQL takes longer to plan than this to
 * run.
 */
final class IdHashes {
  private static final long IDS_A_TASK = 500_000;

  private IdHashes() {}

  /** What was found in some of the hashes. */
  record Count(long rows, boolean twice) implements Serializable {
    Count plus(Count other) {
      return new Count(rows + other.rows, twice || other.twice);
    }
  }

  /** Reads files on the executors; a task holds the hashes of one file, or of its share of all. */
  static Count count(SparkSession spark, List<Path> files, long rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    int shares = Math.toIntExact(1 + rows / IDS_A_TASK);
    List<String> places = files.stream().map(Path::toString).toList();
    try {
      return context
          .parallelize(new ArrayList<>(places), Math.max(1, places.size()))
          .flatMapToPair(place -> shared(hashes(place, conf), shares))
          .groupByKey(new HashPartitioner(shares))
          .values()
          .map(IdHashes::counted)
          .fold(new Count(0, false), Count::plus);
    } finally {
      conf.destroy();
    }
  }

  private static long[] hashes(String place, Broadcast<SerializableConfiguration> conf)
      throws IOException {
    Hashes hashes = new Hashes();
    NameScan.read(new Path(place), "id", "view", conf.value().value(), hashes::add);
    return hashes.all();
  }

  /** Equal hashes come to the same share. */
  private static Iterator<Tuple2<Integer, long[]>> shared(long[] hashes, int shares) {
    List<Hashes> parts = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      parts.add(new Hashes());
    }
    for (long hash : hashes) {
      parts.get((int) Long.remainderUnsigned(hash, shares)).add(hash);
    }
    List<Tuple2<Integer, long[]>> pairs = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      pairs.add(new Tuple2<>(i, parts.get(i).all()));
    }
    return pairs.iterator();
  }

  private static Count counted(Iterable<long[]> parts) {
    Hashes hashes = new Hashes();
    parts.forEach(hashes::addAll);
    long[] all = hashes.all();
    Arrays.sort(all);
    boolean twice = false;
    for (int i = 1; i < all.length; i++) {
      twice |= all[i] == all[i - 1];
    }
    return new Count(all.length, twice);
  }

  /** Hashes of unknown number. Not thread-safe. */
  private static final class Hashes {
    private long[] values = new long[1024];
    private int size;

    void add(byte[] id, int view) {
      add(XXH64.hashUnsafeBytes(id, Platform.BYTE_ARRAY_OFFSET, id.length, view));
    }

    void add(long hash) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = hash;
    }

    void addAll(long[] more) {
      values = Arrays.copyOf(values, Math.max(values.length, size + more.length));
      System.arraycopy(more, 0, values, size, more.length);
      size += more.length;
    }

    long[] all() {
      return Arrays.copyOf(values, size);
    }
  }
}
