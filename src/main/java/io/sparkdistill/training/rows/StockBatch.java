package io.sparkdistill.training.rows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    int width = some.get(0).features().length;
    int targetWidth = some.get(0).targets().length;
    float[] features = new float[some.size() * width];
    float[] targets = new float[some.size() * targetWidth];
    for (int i = 0; i < some.size(); i++) {
      System.arraycopy(some.get(i).features(), 0, features, i * width, width);
      System.arraycopy(some.get(i).targets(), 0, targets, i * targetWidth, targetWidth);
    }
    return new DataSet(
        Nd4j.create(features, new long[] {some.size(), width}, 'c'),
        Nd4j.create(targets, new long[] {some.size(), targetWidth}, 'c'));
  }
}
