package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.examples.Example;
import java.util.List;

/**
 * A teacher that has answered already: reads the answers that were read with the rows. Of
 * probabilities it gives the logarithms, which are logits.
 */
final class ColumnTeacher implements Teacher {
  private final ColumnSpec spec;

  ColumnTeacher(ColumnSpec spec) {
    this.spec = spec;
  }

  @Override
  public Batch batch(int rows) {
    return new ColumnBatch(rows);
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private final class ColumnBatch implements Batch {
    private final float[][] waiting;

    ColumnBatch(int rows) {
      this.waiting = new float[rows][];
    }

    @Override
    public void put(int row, Example example) {
      waiting[row] = example.answer();
    }

    @Override
    public Answers score(int rows) {
      float[] logits = new float[rows * spec.classes()];
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < spec.classes(); i++) {
          logits[row * spec.classes() + i] = logit(waiting[row][i]);
        }
      }
      return new Answers(logits, List.of());
    }

    private float logit(float answer) {
      return spec.answers() == AnswerKind.PROBABILITIES ? Probability.log(answer) : answer;
    }
  }
}
