package io.sparkdistill.ml;

import io.sparkdistill.student.StudentScorer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows with what a student says of them, a batch at a time. Not thread-safe. */
final class ScoredRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final int features;
  private final FeatureValues values;
  private final StudentScorer scorer;
  private final ScoreColumns columns;
  private final int batchSize;
  private final Deque<Row> scored = new ArrayDeque<>();

  /**
   * Reads nothing yet.
   *
   * @param features the place of the features in a row
   * @param values how they become numbers
   * @param columns what is added
   * @param batchSize rows that are scored at once
   */
  ScoredRows(
      Iterator<Row> rows,
      int features,
      FeatureValues values,
      StudentScorer scorer,
      ScoreColumns columns,
      int batchSize) {
    this.rows = rows;
    this.features = features;
    this.values = values;
    this.scorer = scorer;
    this.columns = columns;
    this.batchSize = batchSize;
  }

  @Override
  public boolean hasNext() {
    return !scored.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (scored.isEmpty()) {
      score();
    }
    return scored.remove();
  }

  private void score() {
    List<Row> batch = new ArrayList<>(batchSize);
    while (batch.size() < batchSize && rows.hasNext()) {
      batch.add(rows.next());
    }
    float[] inputs = new float[Math.toIntExact(batch.size() * values.width())];
    for (int i = 0; i < batch.size(); i++) {
      values.put(batch.get(i).get(features), inputs, i);
    }
    float[] logits = scorer.score(inputs, batch.size());
    int classes = logits.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      scored.add(
          with(
              batch.get(i),
              new Scores(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes))));
    }
  }

  private Row with(Row row, Scores scores) {
    Object[] added = columns.values(scores);
    Object[] all = new Object[row.size() + added.length];
    for (int i = 0; i < row.size(); i++) {
      all[i] = row.get(i);
    }
    System.arraycopy(added, 0, all, row.size(), added.length);
    return RowFactory.create(all);
  }
}
