package io.sparkdistill.pipeline.judging;

import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Draws training rows by their ids alone, so that the same ones are drawn wherever they lie. */
final class CalibrationRows {
  private CalibrationRows() {}

  /**
   * Features of some rows, as many as there are and at most {@code count}. Two Spark jobs: every
   * partition sends {@code count} names, and only rows that were drawn come to the driver.
   */
  static List<float[]> of(JavaRDD<SoftTarget> rows, int count) {
    List<Draw> drawn = rows.map(Draw::of).takeOrdered(count);
    if (drawn.isEmpty()) {
      return List.of();
    }
    Draw last = drawn.get(drawn.size() - 1);
    TreeMap<Draw, float[]> features =
        new TreeMap<>(
            rows.mapToPair(row -> new Tuple2<>(Draw.of(row), row.features()))
                .filter(row -> row._1().compareTo(last) <= 0)
                .collectAsMap());
    return List.copyOf(features.values());
  }

  /**
   * A row's place in an order that has nothing to do with that of the ids.
   *
   * @param number by which rows are ordered
   * @param id of the row
   * @param view of the row
   */
  private record Draw(long number, String id, int view) implements Comparable<Draw>, Serializable {
    private static final Comparator<Draw> ORDER =
        Comparator.comparingLong(Draw::number).thenComparing(Draw::id).thenComparingInt(Draw::view);

    static Draw of(SoftTarget row) {
      long number = new SplitMix64(row.id().hashCode() + 31L * row.view()).nextLong();
      return new Draw(number, row.id(), row.view());
    }

    @Override
    public int compareTo(Draw other) {
      return ORDER.compare(this, other);
    }
  }
}
