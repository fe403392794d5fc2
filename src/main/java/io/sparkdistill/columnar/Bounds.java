package io.sparkdistill.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Least and greatest values of pages. */
final class Bounds {
  private Bounds() {}

  static Statistics<?> ofFloats(PrimitiveType type, byte[] bytes, int count) {
    FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = values.get(i);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    FloatStatistics statistics = (FloatStatistics) Statistics.createStats(type);
    statistics.setMinMax(least, greatest);
    return statistics;
  }

  static Statistics<?> ofInts(PrimitiveType type, byte[] bytes, int count) {
    IntBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      int value = values.get(i);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    IntStatistics statistics = (IntStatistics) Statistics.createStats(type);
    statistics.setMinMax(least, greatest);
    return statistics;
  }
}
