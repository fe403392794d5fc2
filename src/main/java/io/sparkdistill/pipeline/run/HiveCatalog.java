package io.sparkdistill.pipeline.run;

import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Lets a session know the tables of a Hive metastore, as Spark's own shells do where they can.
 * Stateless.
 */
final class HiveCatalog {
  private static final String CATALOG = "spark.sql.catalogImplementation";

  /** Without it Spark would make a metastore of its own in the folder it was started in. */
  private static final String SITE = "hive-site.xml";

  /** Those that Spark itself looks for. */
  private static final List<String> CLASSES =
      List.of(
          "org.apache.spark.sql.hive.HiveSessionStateBuilder",
          "org.apache.hadoop.hive.conf.HiveConf");

  private HiveCatalog() {}

  /** Chooses it where the user chose nothing, and it is both configured and there. */
  static void enable(SparkConf conf, ClassLoader classPath) {
    if (!conf.contains(CATALOG)
        && classPath.getResource(SITE) != null
        && CLASSES.stream().allMatch(name -> isThere(name, classPath))) {
      conf.set(CATALOG, "hive");
    }
  }

  private static boolean isThere(String name, ClassLoader classPath) {
    // Loading it would need all that it refers to.
    return classPath.getResource(name.replace('.', '/') + ".class") != null;
  }
}
