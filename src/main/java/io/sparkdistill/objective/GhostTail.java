package io.sparkdistill.objective;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Another loss of distributions of which only the most probable classes are known, and how probable
 * all others are together. These others, the tail, are one class more, the ghost: its probability
 * is what the teacher gave to all of them, and the student's is the sum of its own. So the student
 * is free in how it divides the tail, of which the teacher's part is not known; with logits, where
 * S is the tail,
 *
 * <pre>
 * z[ghost] = T log Σ exp(z[i] / T) over S
 * dloss/dz[i] = dloss/dz[ghost] softmax(z / T over S)[i]
 * </pre>
 *
 * <p>The tail's classes are those with the row's lowest teacher logit, as {@code topk} is unpacked.
 * The label is never among them: where it was not kept, its probability is that of a class of the
 * tail on average. A tail of a single class changes nothing.
 *
 * @param of what is computed with the ghost
 */
record GhostTail(@JsonProperty("of") RowLoss of) implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    int label = batch.label(row);
    double temperature = batch.temperatures[row];
    float lowest = lowest(batch, v);
    Batch inner = batch.inner();
    inner.make(1, batch.classes);
    int kept = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < batch.classes; i++) {
      if (i == label || batch.targets[v + i] > lowest) {
        inner.logits[kept++] = batch.logits[z + i];
      } else {
        max = Math.max(max, batch.logits[z + i] / temperature);
      }
    }
    int tail = batch.classes - kept;
    inner.classes = kept + Math.min(1, tail);
    double sum = 0;
    int place = 0;
    for (int i = 0; i < batch.classes; i++) {
      if (i == label || batch.targets[v + i] > lowest) {
        inner.targets[place] = i == label ? 1 : 0;
        inner.targets[inner.classes + place] = batch.targets[v + i];
        place++;
      } else {
        sum += Math.exp(batch.logits[z + i] / temperature - max);
      }
    }
    if (tail > 0) {
      inner.logits[kept] = (float) (temperature * (max + Math.log(sum)));
      inner.targets[kept] = 0;
      inner.targets[inner.classes + kept] = (float) (lowest + temperature * Math.log(tail));
    }
    inner.temperatures[0] = temperature;
    inner.weights[0] = batch.weights[row];
    of.row(inner, 0);
    batch.scores[row] += inner.scores[0];
    place = 0;
    for (int i = 0; i < batch.classes; i++) {
      boolean whole = i == label || batch.targets[v + i] > lowest;
      batch.gradient[z + i] +=
          whole
              ? inner.gradient[place++]
              : (float)
                  (inner.gradient[kept] * Math.exp(batch.logits[z + i] / temperature - max) / sum);
    }
  }

  private static float lowest(Batch batch, int v) {
    float lowest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < batch.classes; i++) {
      lowest = Math.min(lowest, batch.targets[v + i]);
    }
    return lowest;
  }
}
