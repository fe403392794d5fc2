package io.sparkdistill.pipeline.run;

import io.sparkdistill.failure.InvalidConfigurationException;
import org.apache.spark.package$;
import scala.util.Properties;

/**
 * The releases of Spark that this build runs on: others have other classes, of which some are
 * missed only when work is half done.
 *
 * @param spark its version
 * @param scala the version of its Scala library
 */
public record SparkRelease(String spark, String scala) {
  private static final String SPARK = "3.5";
  private static final String SCALA = "2.12";

  /**
   * What runs here.
   *
   * @return without a session
   */
  public static SparkRelease running() {
    return new SparkRelease(package$.MODULE$.SPARK_VERSION(), Properties.versionNumberString());
  }

  /**
   * What this build is for.
   *
   * @return in words
   */
  public static String needed() {
    return "Spark " + SPARK + " with Scala " + SCALA;
  }

  /**
   * What it is.
   *
   * @return in words
   */
  public String words() {
    return "Spark " + spark + " with Scala " + scala;
  }

  void refuseOthers() {
    if (!spark.startsWith(SPARK + ".") || !scala.startsWith(SCALA + ".")) {
      throw new InvalidConfigurationException(
          "Cannot run on "
              + words()
              + ", this build is for "
              + needed()
              + ". Start it with spark-submit of such a Spark.");
    }
  }
}
