package io.sparkdistill.pipeline.run;

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
public record RunContext(
    SparkSession spark, DistillConfig config, Path output, Progress progress, StopRequest stop) {
  /**
   * Qualifies the output, and creates nothing.
   *
   * @param spark session of the run
   * @param config of the run
   * @param progress who is told
   * @param stop that is heeded
   * @return the context
   */
  public static RunContext of(
      SparkSession spark, DistillConfig config, Progress progress, StopRequest stop) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    return new RunContext(spark, config, Locations.resolve(config.output(), conf), progress, stop);
  }

  /**
   * Settings of file systems.
   *
   * @return those of the session
   */
  public Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * The folder of a stage, whose copies stand in it.
   *
   * @param stage name of the folder
   * @param view files that are copied for people
   * @return whether or not it exists
   */
  public StageDirectory directory(String stage, String... view) {
    return new StageDirectory(output, stage, Set.of(view), hadoop());
  }

  /**
   * The folder of a stage, whose copies stand elsewhere.
   *
   * @param stage name of the folder
   * @param shown where the copies are
   * @param view files that are copied for people
   * @return whether or not it exists
   */
  public StageDirectory directory(String stage, Path shown, String... view) {
    return new StageDirectory(output, stage, shown, Set.of(view), hadoop());
  }

  /**
   * Where a training keeps what it can go on from.
   *
   * @param stage that trains
   * @return in the output
   */
  public CheckpointStore checkpoints(String stage) {
    Path folder = new Path(output, "checkpoints");
    return new CheckpointStore(
        new Snapshots(new StageDirectory(folder, stage, Set.of(), hadoop())));
  }

  /**
   * Cores that Spark gives a task.
   *
   * @return {@code spark.task.cpus}
   */
  public int threadsPerTask() {
    return spark.sparkContext().getConf().getInt("spark.task.cpus", 1);
  }
}
