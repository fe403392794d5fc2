package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.List;

/** Rows with answers of several models that were drawn. */
final class JudgedRows {
  static final JudgePlan EVERYTHING = new JudgePlan(8, true, true, 5, PredictionPlace.nowhere());
  static final SliceKey FIRST = new SliceKey(0, "first");

  private final SplitMix64 random;
  private final int classes;

  JudgedRows(long seed, int classes) {
    this.random = new SplitMix64(seed);
    this.classes = classes;
  }

  /** A row and what the models say of it, the teacher first. */
  record Judged(TestRow row, List<Answer> answers) {}

  List<Judged> draw(int rows, int models) {
    List<Judged> drawn = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      List<Answer> answers = new ArrayList<>();
      for (int m = 0; m < models; m++) {
        answers.add(Answer.of(logits()));
      }
      int label = (int) (random.nextUnit() * classes);
      SoftTarget target =
          new SoftTarget("row-" + i, 0, label, new float[] {i}, answers.get(0).logits());
      drawn.add(new Judged(new TestRow(target, i % 3 == 0 ? List.of(FIRST) : List.of()), answers));
    }
    return drawn;
  }

  private float[] logits() {
    float[] logits = new float[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = (float) (2 * random.nextGaussian());
    }
    return logits;
  }

  static EvaluationTally tally(List<Judged> rows, int models) {
    EvaluationTally tally = new EvaluationTally(models, EVERYTHING);
    rows.forEach(judged -> tally.add(judged.row(), judged.answers()));
    return tally;
  }
}
