package io.sparkdistill.training.rows;

import io.sparkdistill.math.FloatArrays;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Rows as Deeplearning4j's own classes take them. */
public final class StockBatch {
  private StockBatch() {}

  /**
   * The next rows, in their order.
   *
   * @param rows at least one
   * @param most how many are taken at most
   * @return features [rows, width] and targets [rows, 2C]
   */
  public static DataSet next(Iterator<TrainingRow> rows, int most) {
    List<TrainingRow> some = new ArrayList<>();
    while (some.size() < most && rows.hasNext()) {
      some.add(rows.next());
    }
    return new DataSet(matrix(some, TrainingRow::features), matrix(some, TrainingRow::targets));
  }

  private static INDArray matrix(List<TrainingRow> some, Function<TrainingRow, float[]> row) {
    float[] numbers = FloatArrays.sideBySide(some, row);
    return Nd4j.create(numbers, new long[] {some.size(), numbers.length / some.size()}, 'c');
  }
}
