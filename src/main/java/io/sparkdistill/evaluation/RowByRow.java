package io.sparkdistill.evaluation;

import java.util.Arrays;

/**
 * A model whose answer to a row depends on the rows beside it, judged as if each came alone: it
 * says the same however many are scored at once, and wherever they lie.
 *
 * @param model that is judged
 */
public record RowByRow(JudgedModel model) implements JudgedModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelSize size() {
    return model.size();
  }

  @Override
  public Scorer open() {
    Scorer scorer = model.open();
    return new Scorer() {
      @Override
      public float[] score(float[] features, int rows) {
        return oneByOne(scorer, features, rows);
      }

      @Override
      public void close() {
        scorer.close();
      }
    };
  }

  private static float[] oneByOne(Scorer scorer, float[] features, int rows) {
    int width = features.length / rows;
    float[] first = scorer.score(Arrays.copyOf(features, width), 1);
    float[] all = Arrays.copyOf(first, rows * first.length);
    for (int i = 1; i < rows; i++) {
      float[] row = Arrays.copyOfRange(features, i * width, (i + 1) * width);
      System.arraycopy(scorer.score(row, 1), 0, all, i * first.length, first.length);
    }
    return all;
  }
}
