package io.sparkdistill.training.rows;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * The row files of one JVM, each written when it is first asked for. They are blocks of a
 * broadcast, so that Spark closes them in each JVM where it is destroyed. It also closes those that
 * have to make room in its memory: tasks that read one then go on, and the next task writes another
 * one.
 *
 * @param broadcast its number
 */
record LocalFiles(long broadcast) implements Serializable {
  /** Lends the file of a worker, if it is here. */
  Optional<RowFile> lent(int worker) {
    return find(worker).filter(RowFile::lend);
  }

  /** Writes the file of a worker, and lends it. */
  RowFile write(int worker, Supplier<Iterator<TrainingRow>> rows) {
    RowFile written = RowFile.write(LocalDisk.newFile(), rows.get());
    written.lend();
    blocks()
        .putSingle(
            block(worker),
            written,
            StorageLevel.MEMORY_ONLY(),
            false,
            ClassTag$.MODULE$.apply(RowFile.class));
    // Another attempt may have been faster, or Spark may have no room even for a reference.
    if (find(worker).filter(kept -> kept == written).isEmpty()) {
      written.close();
    }
    return written;
  }

  private Optional<RowFile> find(int worker) {
    Option<BlockResult> found = blocks().getLocalValues(block(worker));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Iterator<?> values = JavaConverters.asJavaIterator(found.get().data());
    RowFile file = (RowFile) values.next();
    // Asked for more, it lets go of the block.
    values.forEachRemaining(none -> {});
    return Optional.of(file);
  }

  private BlockId block(int worker) {
    return new BroadcastBlockId(broadcast, "rows" + worker);
  }

  private static BlockManager blocks() {
    return SparkEnv.get().blockManager();
  }
}
