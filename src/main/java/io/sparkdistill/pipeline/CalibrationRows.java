package io.sparkdistill.pipeline;

import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Draws training rows by their ids alone, so that the same ones are drawn wherever they lie. */
final class CalibrationRows {
  private CalibrationRows() {}

  /** Features of some rows, as many as there are and at most {@code count}; one Spark job. */
  static List<float[]> of(JavaRDD<SoftTarget> rows, int count) {
    return rows.takeOrdered(count, new ByDraw()).stream().map(SoftTarget::features).toList();
  }

  /** An order that has nothing to do with that of the ids. */
  private static final class ByDraw implements Comparator<SoftTarget>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(SoftTarget a, SoftTarget b) {
      int byDraw = Long.compare(draw(a), draw(b));
      int byId = byDraw == 0 ? a.id().compareTo(b.id()) : byDraw;
      return byId == 0 ? Integer.compare(a.view(), b.view()) : byId;
    }

    private static long draw(SoftTarget row) {
      return new SplitMix64(row.id().hashCode() + 31L * row.view()).nextLong();
    }
  }
}
