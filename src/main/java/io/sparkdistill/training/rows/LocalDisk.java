package io.sparkdistill.training.rows;

import java.io.File;
import org.apache.spark.SparkEnv;

/** Where Spark lets a JVM put what others need not see. */
final class LocalDisk {
  private LocalDisk() {}

  /** A file that is not there yet, in one of the folders of spark.local.dir. */
  static File newFile() {
    return SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
  }
}
