package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Snapshots;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.training.CheckpointStore;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What all stages of a run share.
 *
 * @param spark a running session
 * @param config what was configured
 * @param output where it is published, qualified
 * @param progress who shows how far it is
 * @param stop whether it shall end early
 */
record RunContext(
    SparkSession spark, DistillConfig config, Path output, Progress progress, StopRequest stop) {
  static RunContext of(
      SparkSession spark, DistillConfig config, Progress progress, StopRequest stop) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    return new RunContext(spark, config, Locations.resolve(config.output(), conf), progress, stop);
  }

  Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  StageDirectory directory(String stage, String... view) {
    return new StageDirectory(output, stage, Set.of(view), hadoop());
  }

  /** With copies in the directory of another stage. */
  StageDirectory directory(String stage, Path shown, String... view) {
    return new StageDirectory(output, stage, shown, Set.of(view), hadoop());
  }

  CheckpointStore checkpoints(String stage) {
    Path folder = new Path(output, "checkpoints");
    return new CheckpointStore(
        new Snapshots(new StageDirectory(folder, stage, Set.of(), hadoop())));
  }

  int threadsPerTask() {
    return spark.sparkContext().getConf().getInt("spark.task.cpus", 1);
  }
}
