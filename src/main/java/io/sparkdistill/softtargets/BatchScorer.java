package io.sparkdistill.softtargets;

import io.sparkdistill.examples.View;
import io.sparkdistill.teacher.Answers;
import io.sparkdistill.teacher.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects views until a batch is full, asks the teacher, and hands the rows on in their order; at
 * most one batch is held. Not thread-safe.
 */
final class BatchScorer {
  private final Teacher.Batch batch;
  private final Consumer<Answered> answered;
  private final List<View> waiting;
  private final int size;

  /** A view, C logits, and the values of each tensor that was asked for. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
  record Answered(View view, float[] logits, List<float[]> intermediates) {}

  BatchScorer(Teacher teacher, int size, Consumer<Answered> answered) {
    this.batch = teacher.batch(size);
    this.answered = answered;
    this.size = size;
    this.waiting = new ArrayList<>(size);
  }

  void add(View view) {
    batch.put(waiting.size(), view.example());
    waiting.add(view);
    if (waiting.size() == size) {
      flush();
    }
  }

  /** Asks about what is left. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    int rows = waiting.size();
    Answers answers = batch.score(rows);
    for (int i = 0; i < rows; i++) {
      List<float[]> intermediates = new ArrayList<>(answers.intermediates().size());
      for (float[] values : answers.intermediates()) {
        intermediates.add(row(values, i, rows));
      }
      answered.accept(new Answered(waiting.get(i), row(answers.logits(), i, rows), intermediates));
    }
    waiting.clear();
  }

  private static float[] row(float[] values, int row, int rows) {
    int each = values.length / rows;
    return Arrays.copyOfRange(values, row * each, (row + 1) * each);
  }
}
