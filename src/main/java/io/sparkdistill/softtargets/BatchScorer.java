package io.sparkdistill.softtargets;

import io.sparkdistill.examples.View;
import io.sparkdistill.teacher.OnnxTeacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects views until a batch is full, asks the teacher, and hands the rows on in their order; at
 * most one batch is held. Not thread-safe.
 */
final class BatchScorer {
  private final OnnxTeacher.Batch batch;
  private final Consumer<Answered> answered;
  private final List<View> waiting;
  private final int size;

  /** A view and C logits. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
  record Answered(View view, float[] logits) {}

  BatchScorer(OnnxTeacher teacher, int size, Consumer<Answered> answered) {
    this.batch = teacher.batch(size);
    this.answered = answered;
    this.size = size;
    this.waiting = new ArrayList<>(size);
  }

  void add(View view) {
    batch.put(waiting.size(), view.example().features());
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
    float[] logits = batch.score(waiting.size());
    int classes = logits.length / waiting.size();
    for (int i = 0; i < waiting.size(); i++) {
      float[] own = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      answered.accept(new Answered(waiting.get(i), own));
    }
    waiting.clear();
  }
}
