package io.sparkdistill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * What averaging costs by parameters and executors: measured on this machine with 1 to 4 executors
 * of one core, fitted, and carried on to clusters that are not there.
 */
public final class ScaleBench {
  private static final int MOST_EXECUTORS = 4;

  /** Hidden layers of students of about 0.1, 1.3 and 5.1 million parameters. */
  private static final List<List<Integer>> STUDENTS =
      List.of(List.of(128), List.of(800, 800), List.of(1900, 1900));

  private ScaleBench() {}

  /**
   * Measures, and prints two tables in Markdown.
   *
   * @param args none
   */
  public static void main(String[] args) {
    List<ScalePoint> points = new ArrayList<>();
    System.out.println(ScaleReport.measuredHead());
    for (int executors = 1; executors <= MOST_EXECUTORS; executors++) {
      try (SparkSession spark = session(executors)) {
        for (List<Integer> hidden : STUDENTS) {
          ScalePoint point = new ScaleRun(spark, hidden, executors).measure();
          points.add(point);
          System.out.println(ScaleReport.measured(point));
        }
      }
    }
    System.out.println();
    System.out.print(ScaleReport.extrapolated(ScaleModel.fit(points), points));
  }

  private static SparkSession session(int executors) {
    return SparkSession.builder()
        .appName("bench scale")
        .master(String.format(Locale.ROOT, "local-cluster[%d,1,1024]", executors))
        .config("spark.executor.memory", "1g")
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }
}
