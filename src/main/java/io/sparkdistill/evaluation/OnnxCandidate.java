package io.sparkdistill.evaluation;

import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.OnnxScorer;
import java.util.List;

/**
 * A student as an ONNX file that is to be judged.
 *
 * @param name in {@link Metrics#models()}
 * @param file with its logits as a tensor of that name
 * @param logits name of that tensor, which may be the output
 * @param parameters numbers that were learned
 */
public record OnnxCandidate(String name, OnnxFile file, String logits, long parameters)
    implements JudgedModel {
  @Override
  public ModelSize size() {
    return new ModelSize(name, parameters, file.bytes().length);
  }

  @Override
  public Scorer open() {
    OnnxScorer scorer = file.open(List.of(logits));
    return new Scorer() {
      @Override
      public float[] score(float[] features, int rows) {
        return scorer.score(features, rows).intermediates().get(0);
      }

      @Override
      public void close() {
        scorer.close();
      }
    };
  }
}
