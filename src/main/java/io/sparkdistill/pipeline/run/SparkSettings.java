package io.sparkdistill.pipeline.run;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.SparkSession;

/** Settings of Spark that matter here; a user's own always win, or are refused. */
public final class SparkSettings {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // Pages carry checksums, but Parquet does not look at them by itself.
          "spark.hadoop.parquet.page.verify-checksum.enabled", "true",
          // Parameters are most of what is broadcast, and random bits do not compress.
          "spark.broadcast.compress", "false",
          // A worker's parameters come with the end of its task, not over the block manager.
          "spark.task.maxDirectResultSize", "64m",
          // Two bars on one terminal overwrite each other.
          "spark.ui.showConsoleProgress", "false");

  private static final List<String> LOSES_DATA =
      List.of("spark.sql.files.ignoreCorruptFiles", "spark.sql.files.ignoreMissingFiles");

  private static final String SERIALIZER = "spark.serializer";

  private SparkSettings() {}

  /**
   * The configuration of a submitted application, with what is missing.
   *
   * @param application name to show where the user gave none
   * @param mainClass what spark-submit shows where the user gave none
   * @return for a session's builder
   * @throws InvalidConfigurationException if this is not the Spark that the build is for
   */
  public static SparkConf complete(String application, String mainClass) {
    SparkRelease.running().refuseOthers();
    SparkConf conf = new SparkConf();
    DEFAULTS.forEach(conf::setIfMissing);
    if (conf.get("spark.app.name", mainClass).equals(mainClass)) {
      conf.setAppName(application);
    }
    HiveCatalog.enable(conf, SparkSettings.class.getClassLoader());
    return conf;
  }

  /**
   * Refuses what would publish rows that are wrong or twice.
   *
   * @param spark session of the run
   * @throws InvalidConfigurationException if a setting is one of those
   */
  public static void refuseUnsafe(SparkSession spark) {
    SparkRelease.running().refuseOthers();
    for (String key : LOSES_DATA) {
      if (Boolean.parseBoolean(spark.conf().get(key, "false"))) {
        throw new InvalidConfigurationException(
            "Cannot run with "
                + key
                + ", it would turn lost rows into success: true. Remove it, or set it to false.");
      }
    }
    String serializer =
        spark.sparkContext().getConf().get(SERIALIZER, JavaSerializer.class.getName());
    if (!serializer.equals(JavaSerializer.class.getName())) {
      throw new InvalidConfigurationException(
          "Cannot run with "
              + SERIALIZER
              + ", it cannot write Java's records: "
              + serializer
              + ". Leave it to its default, "
              + JavaSerializer.class.getName()
              + ".");
    }
  }
}
