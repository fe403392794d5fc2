package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.storage.Sha256;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * Turns examples into scored rows, a batch at a time, in their order; at most one batch is held.
 * Not thread-safe.
 */
final class BatchScorer implements Iterator<ScoredRow> {
  /** What answers: rows times width numbers in, rows times classes logits out. */
  interface Scorer {
    float[] score(float[] features, int rows);
  }

  private final Iterator<Example> examples;
  private final Scorer scorer;
  private final LogitCodec codec;
  private final int batchSize;
  private final IntConsumer scored;
  private final MessageDigest digest = Sha256.digest();
  private final Queue<ScoredRow> ready = new ArrayDeque<>();

  BatchScorer(
      Iterator<Example> examples,
      Scorer scorer,
      LogitCodec codec,
      int batchSize,
      IntConsumer scored) {
    this.examples = examples;
    this.scorer = scorer;
    this.codec = codec;
    this.batchSize = batchSize;
    this.scored = scored;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && examples.hasNext()) {
      scoreBatch();
    }
    return !ready.isEmpty();
  }

  @Override
  public ScoredRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void scoreBatch() {
    List<Example> batch = new ArrayList<>(batchSize);
    while (batch.size() < batchSize && examples.hasNext()) {
      batch.add(examples.next());
    }
    int width = batch.get(0).features().length;
    float[] features = new float[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).features(), 0, features, i * width, width);
    }
    float[] logits = scorer.score(features, batch.size());
    int classes = logits.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      ready.add(row(batch.get(i), Arrays.copyOfRange(logits, i * classes, (i + 1) * classes)));
    }
    scored.accept(batch.size());
  }

  private ScoredRow row(Example example, float[] logits) {
    ScoredRow row = new ScoredRow();
    row.setId(example.id());
    row.setLabel(example.label());
    row.setFeatures(example.features());
    row.setInputHash(
        Arrays.copyOf(
            MultisetDigest.ofFeatures(example.features(), digest), SoftTargetColumns.HASH_BYTES));
    codec.encode(logits, row);
    return row;
  }
}
